using System.Text.RegularExpressions;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>docs/conformance.md and the tests that it names.</summary>
public sealed partial class ConformancePageTests
{
    private const string OfFapi = "fapi2-security-profile-final-";

    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/conformance.md"));

    private static readonly (string Module, string Tests)[] Rows = [.. Row().Matches(Page).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    private static readonly (string Class, string Method)[] Methods =
    [
        .. from type in typeof(ConformancePageTests).Assembly.GetTypes()
           where type.Namespace == typeof(ConformancePageTests).Namespace
           from method in type.GetMethods()
           where method.Name.StartsWith("oidcc_", StringComparison.Ordinal) || method.Name.StartsWith("fapi2_", StringComparison.Ordinal)
           select (type.Name, method.Name),
    ];

    [Fact]
    public void Each_module_of_the_page_has_a_test_in_each_class_that_it_names_or_says_why_it_has_none()
    {
        Assert.True(Rows.Length > 100, $"{Rows.Length} rows.");
        Assert.All(Rows, row =>
        {
            var classes = Name().Matches(row.Tests).Select(name => name.Groups[1].Value).Where(name => name.EndsWith("Tests", StringComparison.Ordinal)).ToList();
            Assert.True(classes.Count > 0 || row.Tests.StartsWith("none: ", StringComparison.Ordinal), row.Module);
            Assert.All(classes, name => Assert.Contains(Methods, method => method.Class == name && IsOf(method.Method, row.Module)));
        });
    }

    [Fact]
    public void Each_test_is_of_a_module_of_the_page() =>
        Assert.All(Methods, method => Assert.Contains(Rows, row => IsOf(method.Method, row.Module)));

    // Two modules that are one case may share a test, whose name has both.
    private static bool IsOf(string method, string module)
    {
        var name = module.Replace('-', '_');
        return module.StartsWith("oidcc-", StringComparison.Ordinal)
            ? method == name || method.StartsWith(name + "_", StringComparison.Ordinal)
            : method.StartsWith(OfFapi.Replace('-', '_'), StringComparison.Ordinal) && method.Contains("_" + name, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| (.+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
