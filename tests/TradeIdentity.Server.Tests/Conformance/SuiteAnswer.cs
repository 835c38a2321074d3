using System.Net;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>Where an authorization request led: to the client with parameters, or to a page of the server.</summary>
internal sealed record SuiteAnswer(Uri? Address, IReadOnlyDictionary<string, string> Parameters, string Page, HttpStatusCode Status)
{
    internal string Code => Parameters.TryGetValue("code", out var code) ? code : throw new InvalidOperationException($"There is no code: {this}");

    internal string? Error => Parameters.GetValueOrDefault("error");

    internal bool IsToClient => Address is { Host: "suite.example" };

    /// <summary>The request was sent on to the sign-in.</summary>
    internal bool AsksToSignIn => Address is { AbsolutePath: "/sign-in" };

    /// <summary>The person was told on a page, and nobody was sent anywhere (RFC 6749 §4.1.2.1).</summary>
    internal bool IsErrorPage => Address is null && Status == HttpStatusCode.BadRequest;
}
