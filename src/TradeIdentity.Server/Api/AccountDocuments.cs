using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Api;

/// <summary>An account as an administrator sees it: never a secret, nor what one could be made of.</summary>
[ToldTo(Viewer.Officer)]
internal sealed record AccountBody(
    [property: Tells(PrivateFact.AccountState)] string Id,
    [property: Tells(PrivateFact.Email)] string Email,
    [property: Tells(PrivateFact.Email)] bool EmailConfirmed,
    [property: Tells(PrivateFact.PersonName)] string GivenName,
    [property: Tells(PrivateFact.PersonName)] string FamilyName,
    [property: Tells(PrivateFact.Language)] string Language,
    [property: Tells(PrivateFact.Officership)] IReadOnlyList<string> Roles,
    [property: Tells(PrivateFact.AccountState)] bool HasPassword,
    [property: Tells(PrivateFact.AccountState)] bool HasSecondFactor,
    [property: Tells(PrivateFact.AccountState)] string State,
    [property: Tells(PrivateFact.AccountState)] DateTimeOffset? LockedUntil,
    [property: Tells(PrivateFact.AccountState)] DateTimeOffset CreatedAt)
{
    internal static AccountBody Of(Account account, DateTimeOffset now) => new(
        account.Id,
        account.Email,
        account.EmailConfirmed,
        account.Name.Given,
        account.Name.Family,
        account.Language,
        [.. account.Roles],
        account.PasswordHash is not null,
        account.TwoFactorEnabled,
        account.DisabledAt is not null ? "locked" : account.LockedUntil > now ? "guessed" : "open",
        account.LockedUntil > now ? account.LockedUntil : null,
        account.CreatedAt);
}

/// <summary>A page of accounts; the next one has this cursor, the last page none.</summary>
internal sealed record AccountPageBody(IReadOnlyList<AccountBody> Items, string? NextCursor);

/// <summary>One account with what is open for it.</summary>
[ToldTo(Viewer.Officer)]
internal sealed record AccountDetailBody(
    [property: Tells(PrivateFact.AccountState)] AccountBody Account,
    [property: Tells(PrivateFact.ProvenIdentity)] IdentityProofBody? IdentityProof,
    [property: Tells(PrivateFact.Devices)] IReadOnlyList<SessionBody> Sessions,
    [property: Tells(PrivateFact.GivenConsents)] IReadOnlyList<ConsentBody> Consents,
    [property: Tells(PrivateFact.GivenConsents)] IReadOnlyList<TokenBody> Tokens);

/// <summary>A browser that is signed in.</summary>
internal sealed record SessionBody(string Sid, string Device, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset AuthTime, string Acr, string? ActingFor)
{
    internal static SessionBody Of(Session session) =>
        new(session.Sid, session.UserAgent, session.CreatedAt, session.LastSeenAt, session.AuthTime, session.Acr, session.ActingFor?.Value);
}

/// <summary>What the person allows a client.</summary>
internal sealed record ConsentBody(
    string Id, string ClientId, string? Organization, IReadOnlyList<string> Scopes, IReadOnlyList<string> Claims, DateTimeOffset AllowedAt)
{
    internal static ConsentBody Of(Consent consent) => new(consent.Id, consent.ClientId, consent.Organization, [.. consent.Scopes], consent.Claims, consent.AllowedAt);
}

/// <summary>A token that a client holds: of the kind <c>refresh</c> or <c>access</c>.</summary>
internal sealed record TokenBody(string Id, string ClientId, string Kind, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    internal static TokenBody Of(HeldToken token) => new(token.Id, token.ClientId, token.IsRefresh ? "refresh" : "access", token.Scopes, token.IssuedAt, token.ExpiresAt);
}

/// <summary>How well it was proven who the person is. Of the document there is the kind and who issued it, never its number.</summary>
internal sealed record IdentityProofBody(
    string TrustFramework,
    string AssuranceLevel,
    string ConfirmedBy,
    string EvidenceType,
    string EvidenceSource,
    string GivenName,
    string FamilyName,
    DateTimeOffset ConfirmedAt,
    DateTimeOffset? ValidUntil,
    bool Holds,
    bool HasReference,
    string AssertedBy,
    DateTimeOffset AssertedAt)
{
    internal static IdentityProofBody Of(IdentityProof proof, DateTimeOffset now) => new(
        proof.TrustFramework,
        proof.Assurance.ToCode(),
        proof.ConfirmedBy.ToCode(),
        proof.EvidenceType,
        proof.EvidenceSource,
        proof.GivenName,
        proof.FamilyName,
        proof.ConfirmedAt,
        proof.ValidUntil,
        proof.HoldsAt(now),
        proof.ReferenceDigest is not null,
        proof.AssertedBy,
        proof.AssertedAt);
}

/// <summary>What an administrator says of who a person is. A reference (the number of the document, the id of the assertion) is kept as a keyed digest only.</summary>
internal sealed record IdentityProofRequestBody(
    string TrustFramework,
    string AssuranceLevel,
    string ConfirmedBy,
    string EvidenceType,
    string EvidenceSource,
    string GivenName,
    string FamilyName,
    DateTimeOffset ConfirmedAt,
    DateTimeOffset? ValidUntil = null,
    string? Reference = null)
{
    internal ProofOfIdentity ToProof() =>
        new(TrustFramework, AssuranceLevel, ConfirmedBy, EvidenceType, EvidenceSource, Reference, GivenName, FamilyName, ConfirmedAt, ValidUntil);
}
