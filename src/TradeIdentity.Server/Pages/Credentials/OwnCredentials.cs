using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>The credentials of the entity of the session, and of no other.</summary>
public sealed class OwnCredentials(SignedInAccount person, CredentialStore store, Wording words)
{
    /// <summary>The entity, and the credential with this id where it is the entity's; else null, whatever there is.</summary>
    internal async Task<(Membership Entity, IssuedCredential Credential)?> FindAsync(object? id, CancellationToken cancellationToken) =>
        CredentialId.TryParse(id as string, out var parsed)
        && await person.ActingForAsync(cancellationToken) is { } entity
        && await store.FindAsync(parsed, cancellationToken) is { } credential
        && credential.Tin == entity.Tin.Value
            ? (entity, credential)
            : null;

    /// <summary>Only an administrator has credentials issued for the entity.</summary>
    internal static bool MayObtain(Membership? entity) => entity?.Rights.May(MemberPowers.Credentials) == true;

    internal string Say(Refusal refusal) => words.Find($"Credentials.refusal.{refusal.Code}") ?? words["Credentials.refusal.other"];
}
