using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>What every refusal of the API is: problem details with a stable code, nothing of the program's insides, nothing stored.</summary>
internal static partial class ProblemAssert
{
    internal static async Task<JsonElement> IsAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} in place of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        var problem = await ServerFixture.JsonAsync(response);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Matches(SnakeCase(), code);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    /// <summary>The same, and the server holds what it held before.</summary>
    internal static async Task<JsonElement> StoresNothingAsync(
        ServerFixture server, HttpStatusCode status, string code, Func<Task<HttpResponseMessage>> request)
    {
        var before = await server.RowsAsync();
        using var response = await request();
        var problem = await IsAsync(status, code, response);
        Assert.Equal(before, await server.RowsAsync());
        return problem;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
