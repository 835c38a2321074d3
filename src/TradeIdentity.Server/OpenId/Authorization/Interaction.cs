namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// What one authorization request waits for from its person, for the pages that ask it. Carried in the return address,
/// encrypted and signed: the pages need no state, and nobody can take the answer of one request to another.
/// </summary>
public sealed record Interaction
{
    public required string ClientId { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Asked for by the <c>claims</c> parameter, beside those of the scopes.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>The TIN of the entity that the answer will be about; null where none was asked for or chosen yet.</summary>
    public string? Organization { get; init; }

    /// <summary>Whether the client's request names the entity: then there is nothing to choose.</summary>
    public bool OrganizationIsGiven { get; init; }

    public string? LoginHint { get; init; }

    public string? UiLocales { get; init; }

    /// <summary>What the person's device shows, where one asks (RFC 8628 §3.3): the person compares it, and so notices a stranger's device.</summary>
    public string? UserCode { get; init; }

    /// <summary>The sign-in must have two factors.</summary>
    public bool NeedsTwoFactors { get; init; }

    public InteractionAnswer Answer { get; init; }

    /// <summary>Of the parameters of the request: the ticket is for no other.</summary>
    public required string RequestDigest { get; init; }

    /// <summary>The sign-in that was not good enough (session and time), or null where there was none: only another one satisfies it.</summary>
    public string? RefusedSignIn { get; init; }

    /// <summary>When that was, Unix seconds: a sign-in of before satisfies nothing, in whichever browser it was made.</summary>
    public long? RefusedAt { get; init; }

    /// <summary>The session whose person answered.</summary>
    public string? AnsweredIn { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long AskedAt { get; init; }

    /// <summary>Whether the person was asked for all that is asked in <paramref name="other"/>.</summary>
    internal bool Asks(Interaction other) => !other.Scopes.Except(Scopes).Any() && !other.Claims.Except(Claims).Any();
}
