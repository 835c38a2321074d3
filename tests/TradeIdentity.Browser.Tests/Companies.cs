using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Browser.Tests;

/// <summary>Entities of a test's own, so that what one test decides of an entity is not seen by another.</summary>
internal static class Companies
{
    /// <param name="browser">Whose server it is.</param>
    /// <param name="tin">The country of the TIN is the jurisdiction.</param>
    /// <param name="aeo">Members of the array of AEO components, as an import has them.</param>
    /// <param name="legalName">Null: one that names the TIN.</param>
    public static async Task RegisterAsync(Browser browser, string tin, string aeo = "", string? legalName = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var line = $$$"""{"tin":"{{{tin}}}","legalName":"{{{legalName ?? $"Example of {tin}"}}}","jurisdiction":"{{{tin[..2]}}}","roles":["IM"],"aeo":[{{{aeo}}}],"evidence":{"source":"test"}}""";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        await foreach (var result in browser.Services.GetRequiredService<RegisterOperators>().ExecuteAsync(NdjsonLines.ReadAsync(stream, OperatorDocument.MaxBytes, cancellation), "tester", cancellation))
        {
            Assert.True(result.Outcome != ImportOutcome.Rejected, $"{result.Code}: {result.Detail}");
        }
    }
}
