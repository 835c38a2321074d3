using System.Security.Claims;
using OpenIddict.Abstractions;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What a client asks of a person, by an authorization request or through a device.</summary>
internal sealed record PersonRequest(HttpContext Http, string ClientId, IReadOnlyList<string> Scopes, AuthorizationQuestion Question)
{
    public IReadOnlyCollection<string> Prompts { get; init; } = [];

    /// <summary>RFC 8707 §2.1: for which resources; empty for this server alone.</summary>
    public IReadOnlySet<string> Resources { get; init; } = new HashSet<string>();

    /// <summary>OpenID Connect Core §3.1.2.1, <c>id_token_hint</c>: verified by the engine.</summary>
    public ClaimsPrincipal? IdTokenHint { get; init; }

    public string? LoginHint { get; init; }

    public string? UiLocales { get; init; }

    /// <summary>What the device shows, where one asks.</summary>
    public string? UserCode { get; init; }

    internal bool HasPrompt(string prompt) => Prompts.Contains(prompt);

    /// <param name="subject">The person as the client knows them.</param>
    internal bool IsForAnotherThan(string subject) =>
        (Question.Claims.Subject is { } asked && asked != subject)
        || (IdTokenHint?.GetClaim(OpenIddictConstants.Claims.Subject) is { } hinted && hinted != subject);
}
