namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>Nothing of the test data is passed over: a file is read by a test of its folder, or listed with a reason.</summary>
public class VectorCoverageTests
{
    private static readonly (string Folder, string Ending)[] Read =
    [
        ("base45", ".json"), ("claim169", ".json"), ("cose-wg", ".json"), ("dcc", ".json"), ("status-list", ".md"), ("wycheproof", ".json"),
    ];

    [Fact]
    public void Every_file_is_run_or_listed()
    {
        var listed = VectorExceptions.Load().NotVectors;
        var forgotten = Read.SelectMany(read => VectorFolder.Files(read.Folder, "")
            .Where(file => !file.EndsWith(read.Ending, StringComparison.Ordinal))
            .Select(VectorFolder.NameOf)
            .Where(name => !listed.Contains(name)));
        Assert.Empty(forgotten);
    }

    // Another set of the same families may lack a file that is excepted here: an entry without a file is no fault.
    [Fact]
    public void Every_exception_gives_its_reason_and_no_file_has_two()
    {
        var exceptions = VectorExceptions.Load();
        Assert.All(exceptions.Exceptions, entry => Assert.True(entry.Why.Length > 20, entry.Pattern));
        Assert.All(
            Read.SelectMany(read => VectorFolder.Files(read.Folder, read.Ending)).Select(VectorFolder.NameOf),
            name => Assert.InRange(exceptions.Exceptions.Count(entry => entry.Matches(name)), 0, 1));
    }
}
