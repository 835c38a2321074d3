using System.Text.RegularExpressions;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>docs/clauses.md and the tests that it names, of every test project.</summary>
public sealed partial class ClausesPageTests
{
    private static readonly Dictionary<string, string[]> Groups = new()
    {
        ["Abuse"] =
        [
            "code replay", "mix-up", "redirect confusion", "PKCE downgrade", "token substitution across clients", "DPoP replay", "algorithm confusion",
            "refresh race", "session fixation", "CSRF", "clickjacking", "open redirect", "SSRF by `request_uri`", "SSRF by `jwks_uri`",
            "SSRF by `sector_identifier_uri`", "timing of an unknown account",
        ],
        ["RFC 9700"] = ["2.1", "2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3", "2.4", "2.5", "2.6", .. Enumerable.Range(1, 17).Select(number => $"4.{number}")],
        ["OpenID Connect Core"] =
        [
            "2", "3.1.2.1", "3.1.2.2", "3.1.2.3", "3.1.2.4", "3.1.2.5", "3.1.2.6", "3.1.3", "3.2", "3.3", "4", "5.1, 5.2", "5.3", "5.4", "5.5", "5.6", "5.7",
            "6.1", "6.2", "6.3", "7", "8", "9", "10.1", "10.2", "11", "12", "13", "14", "15.1", "15.2", "15.5", "16",
        ],
        ["OpenID Connect Discovery"] = ["2", "3", "4.1, 4.2", "4.3", "7"],
        ["OpenID Connect RP-Initiated Logout"] = ["2", "2.1", "3", "3.1", "4", "6"],
        ["OpenID Connect Back-Channel Logout"] = ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "4"],
        ["OpenID Connect Front-Channel Logout"] = ["2", "3", "4"],
        ["FAPI 2.0"] =
        [
            "5.2.1", "5.2.2", "5.2.3", "5.3.1", "5.3.2.1", "5.3.2.2", "5.3.2.3", "5.3.3", "5.3.4", "5.4.1", "5.4.2", "5.4.3", "5.5",
            .. Enumerable.Range(1, 8).Select(number => $"6.{number}"),
        ],
    };

    private static readonly Dictionary<string, string[][]> Rows = Section().Matches(File.ReadAllText(Repository.PathOf("docs/clauses.md"))).ToDictionary(
        section => section.Groups[1].Value,
        section => Row().Matches(section.Groups[2].Value).Skip(2).Select(row => row.Groups[1].Value.Split(" | ")).ToArray());

    // The class is that of the file: one a file.
    private static readonly HashSet<string> Tests =
    [
        .. from file in Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
           from method in Method().Matches(File.ReadAllText(file))
           select $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups[1].Value}",
    ];

    public static TheoryData<string> Standards => [.. Groups.Keys];

    [Theory]
    [MemberData(nameof(Standards))]
    public void Every_clause_group_has_its_row_and_there_is_no_other(string standard)
    {
        var rows = Assert.Single(Rows, section => section.Key.StartsWith(standard, StringComparison.Ordinal)).Value;
        Assert.Equal(Groups[standard].Order(StringComparer.Ordinal), rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_row_names_tests_that_exist_or_says_why_it_has_none() =>
        Assert.All(Rows.Values.SelectMany(rows => rows), row =>
        {
            Assert.InRange(row.Length, 3, 4);
            var tests = row[^1].Split("<br>");
            Assert.True(row[^1].StartsWith("none: ", StringComparison.Ordinal) || tests.All(test => Tests.Contains(test.Trim('`'))),
                $"{row[0]}: {string.Join(", ", tests.Where(test => !Tests.Contains(test.Trim('`'))))}");
        });

    [GeneratedRegex(@"^## (.+?)\r?\n([\s\S]*?)(?=^## |\z)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| ?(.+?) ?\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?:Fact|Theory)\b(?:(?!\bpublic\b)[\s\S])*\bpublic (?:static )?(?:async )?(?:Task|ValueTask|void) (\w+)\(")]
    private static partial Regex Method();
}
