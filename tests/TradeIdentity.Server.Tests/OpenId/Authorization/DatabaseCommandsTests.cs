using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>What the token endpoint asks of the database, as the driver of PostgreSQL reports it: each command is a round trip.</summary>
public sealed class DatabaseCommandsTests(PostgreSqlPersonHost host) : IClassFixture<PostgreSqlPersonHost>
{
    [Fact]
    public async Task A_code_becomes_tokens_in_three_commands()
    {
        var request = AuthorizationRequest.With(("scope", "openid profile organization offline_access"));
        var code = await host.CodeAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), request);
        using var commands = new CommandsOfTrace();
        using var answer = await PostAsync(commands, PersonHost.Agency, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // One less where the client was asked for a moment ago.
        Assert.InRange(commands.Texts.Count, 2, 3);
    }

    [Fact]
    public async Task A_client_gets_a_token_for_itself_with_one_command()
    {
        const string Machine = "machine";
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = Machine,
                    ClientSecret = PersonHost.AgencySecret,
                    Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
                },
                TestContext.Current.CancellationToken);
        }

        using var commands = new CommandsOfTrace();
        using var answer = await PostAsync(commands, Machine, ("grant_type", "client_credentials"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(commands.Texts);
    }

    private async Task<HttpResponseMessage> PostAsync(CommandsOfTrace commands, string clientId, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(form
                .Append(("client_id", clientId)).Append(("client_secret", PersonHost.AgencySecret))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        request.Headers.Add("traceparent", commands.Parent);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Collects the commands of requests that carry <see cref="Parent"/>, and of no other.</summary>
    private sealed class CommandsOfTrace : IDisposable
    {
        private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
        private readonly ActivityListener _listener;

        public CommandsOfTrace()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Npgsql",
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStarted = activity =>
                {
                    if (activity.Source.Name == "Npgsql" && activity.TraceId == _trace)
                    {
                        Texts.Add(activity.DisplayName);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public string Parent => $"00-{_trace}-{ActivitySpanId.CreateRandom()}-01";

        public ConcurrentBag<string> Texts { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
