using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Tests.Api;

namespace TradeIdentity.Server.Tests.Hosting;

[Collection(OnOneServer.Name)]
public sealed class PipelineTests(ServerFixture server)
{
    [Theory]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/connect/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("DELETE", "/trust/bundle", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("PUT", "/api/v1/operators/NL854502130", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("GET", "/api/v1/imports/operators", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task An_unknown_path_or_method_is_a_problem_with_a_code(string method, string path, HttpStatusCode status, string code)
    {
        using var response = await server.SendAsync(new HttpMethod(method), path);
        await ProblemAssert.IsAsync(status, code, response);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_is_answered_to_anyone(string path, string text)
    {
        using var response = await server.SendAsync(HttpMethod.Get, path, anonymous: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_answer_names_the_program_that_gave_it()
    {
        using var response = await server.SendAsync(HttpMethod.Get, "/trust/anchor", anonymous: true);
        Assert.Empty(response.Headers.Server);
        Assert.False(response.Headers.Contains("X-Powered-By"));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_failure_inside_is_a_problem_that_says_nothing_of_the_inside()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
        try
        {
            await using var app = Program.Build([
                "--environment", "Development", "--contentRoot", folder, "--urls", "http://127.0.0.1:0",
                "--Storage:ConnectionString", $"Data Source={Path.Combine(folder, "server.db")}",
            ]);
            await Program.StartAsync(app);
            await app.Services.GetRequiredService<Database>().WriteAsync(
                tx => tx.ExecuteAsync("ALTER TABLE trust_bundles RENAME TO gone", null), TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var response = await http.GetAsync(new Uri("/trust/bundle", UriKind.Relative), TestContext.Current.CancellationToken);
            var problem = await ProblemAssert.IsAsync(HttpStatusCode.InternalServerError, "internal_error", response);
            Assert.DoesNotContain("trust_bundles", problem.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
