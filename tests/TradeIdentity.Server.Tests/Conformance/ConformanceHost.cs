using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Server.Tests.Accounts;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>
/// The whole server before what stands for the OpenID Foundation's conformance suite: clients that register themselves, and a
/// clock that is set forward where the suite would wait.
/// </summary>
public class ConformanceHost : PersonHost
{
    public ForwardTime Clock { get; } = new();

    internal SuiteSite Site { get; } = new();

    /// <summary>Asks for a registration (RFC 7591), with an initial access token of its own.</summary>
    internal async Task<HttpResponseMessage> RegisterClientAsync(JsonObject metadata)
    {
        var invited = await Services.GetRequiredService<InitialAccessTokens>().IssueAsync("conformance", [], 1, TimeSpan.FromDays(1), "test", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/register") { Content = JsonContent.Create(metadata) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", invited.Match(made => made.Token, refusal => throw new InvalidOperationException(refusal.Detail)));
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A new person in a new session.</summary>
    internal async Task<string> PersonAsync() => await SignInAsync(await RegisterAsync(Tin));

    public override async ValueTask InitializeAsync()
    {
        await Site.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void Register(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock).AddSingleton(Site.Network);
}
