using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId.UserInfo;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// What tokens and UserInfo say of a person and the entity they act for. The tokens say the entity, its AEO components and the
/// person's roles; name and e-mail address are at the UserInfo endpoint alone unless the <c>claims</c> parameter asks for them
/// in the ID token (OpenID Connect Core §5.4).
/// </summary>
internal sealed class PersonClaims(Database database, FindPerson findPerson, OperatorReader operators, MandateReader mandates, TimeProvider time)
{
    // A claim is told under its scope, and says a fact.
    private static readonly (string Claim, string Scope, PrivateFact Fact)[] All =
    [
        (Claims.Name, IdentityScopes.Profile, PrivateFact.PersonName),
        (Claims.GivenName, IdentityScopes.Profile, PrivateFact.PersonName),
        (Claims.FamilyName, IdentityScopes.Profile, PrivateFact.PersonName),
        (Claims.Locale, IdentityScopes.Profile, PrivateFact.Language),
        (Claims.Email, IdentityScopes.Email, PrivateFact.Email),
        (Claims.EmailVerified, IdentityScopes.Email, PrivateFact.Email),
        (OrganizationClaims.Organization, IdentityScopes.Organization, PrivateFact.Tin),
        (OrganizationClaims.Roles, IdentityScopes.Organization, PrivateFact.MemberRoles),
        (OrganizationClaims.Aeo, IdentityScopes.Aeo, PrivateFact.AeoStatus),
        (MandateClaims.Mandates, IdentityScopes.Mandates, PrivateFact.Mandates),
    ];

    /// <summary>Which scope a claim belongs to: a client that is not permitted the scope is not told the claim either. What no relying party may learn is no claim.</summary>
    internal static IReadOnlyDictionary<string, string> ScopeOf { get; } =
        All.Where(claim => PrivacyTable.May(Viewer.RelyingParty, claim.Fact)).ToDictionary(claim => claim.Claim, claim => claim.Scope, StringComparer.Ordinal);

    /// <summary>All claims that tokens and UserInfo can carry, for discovery.</summary>
    internal static IEnumerable<string> Names =>
        ScopeOf.Keys.Append(VerifiedClaimNames.VerifiedClaims).Append(Claims.Subject).Append("sid").Append(Claims.AuthenticationTime).Append(Claims.AuthenticationContextReference).Append(Claims.AuthenticationMethodReference);

    /// <summary>Claims that are arrays, of one element too.</summary>
    internal static IReadOnlyList<string> Arrays { get; } =
        [Claims.AuthenticationMethodReference, OrganizationClaims.Roles, OrganizationClaims.Aeo, MandateClaims.Mandates, VerifiedClaimNames.VerifiedClaims, "authorization_details", PersonGrant.UserInfoClaim];

    /// <summary>The person now, with the entity chosen in the session; null where the account may no longer sign in, or the session has ended.</summary>
    internal Task<Person?> FindAsync(string accountId, string? sid, CancellationToken cancellationToken) => findPerson.ExecuteAsync(accountId, sid, cancellationToken);

    /// <summary>The principal that the engine makes codes and tokens of: with those of the scopes that the person may still grant.</summary>
    internal async Task<ClaimsPrincipal> CreateAsync(Person person, PersonGrant grant, CancellationToken cancellationToken)
    {
        grant = grant with { Scopes = ScopesOfPersons.Permitted(person, grant.Scopes) };
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        grant.WriteTo(identity);
        var all = await AllAsync(person, grant.Organization, grant.Scopes, grant.IdTokenClaims, grant.IdTokenVerified, MandateClaims.MostInTokens, cancellationToken);
        foreach (var (name, value) in all)
        {
            var isShared = name is OrganizationClaims.Organization or OrganizationClaims.Aeo or OrganizationClaims.Roles or MandateClaims.Mandates;
            if (isShared || grant.IdTokenClaims.Contains(name) || (name == VerifiedClaimNames.VerifiedClaims && grant.IdTokenVerified is not null))
            {
                identity.AddClaim(JsonClaim.Of(name, value, isShared ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.IdentityToken]));
            }
        }

        if (grant.HasDetails && grant.Organization is { } named)
        {
            // RFC 9396 §9.1.
            using var details = JsonDocument.Parse(Authorization.ActingForDetail.Write(named.Value));
            identity.AddClaim(JsonClaim.Of("authorization_details", details.RootElement, [Destinations.AccessToken]));
        }

        return new ClaimsPrincipal(identity);
    }

    internal async Task<IReadOnlyDictionary<string, JsonElement>> UserInfoAsync(Person person, UserInfoGrant grant, CancellationToken cancellationToken) =>
        await AllAsync(person, grant.Organization, grant.Scopes, grant.Claims, grant.Verified, MandateClaims.MostAtUserInfo, cancellationToken);

    private async Task<Dictionary<string, JsonElement>> AllAsync(
        Person person,
        Tin? organization,
        IReadOnlyCollection<string> scopes,
        IReadOnlySet<string> asked,
        VerifiedClaimsRequest? selection,
        int mostMandates,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (claims, ofPerson, ofEntity) = (new JsonObject(), new List<JsonObject>(), new List<JsonObject>());
        Add(Claims.Name, Text(new PersonName(person.GivenName, person.FamilyName).ToString()));
        Add(Claims.GivenName, Text(person.GivenName));
        Add(Claims.FamilyName, Text(person.FamilyName));
        Add(Claims.Locale, Text(person.Language));
        Add(Claims.Email, Text(person.Email));
        Add(Claims.EmailVerified, person.EmailConfirmed);
        if (PrivacyTable.Tell(Viewer.RelyingParty, PrivateFact.ProvenIdentity, IdentityClaims.VerifiedOf(person.Proof, now)) is { } proven)
        {
            ofPerson.Add(proven);
        }

        if (organization is not null && await operators.FindAsync(database, organization, cancellationToken) is { } entity)
        {
            // Whatever was asked for, the answer says for whom the person acts.
            claims[OrganizationClaims.Organization] = OrganizationClaims.OrganizationOf(entity, now);
            Add(OrganizationClaims.Aeo, OrganizationClaims.AeoOf(entity, now));
            Add(OrganizationClaims.Roles, Roles(person, organization));
            ofEntity = OrganizationClaims.VerifiedOf(entity, now);
        }

        // Who selects gets what was selected, and not what the scopes would bring beside it: that is why they select.
        List<JsonObject> verified = selection?.Select([.. ofPerson, .. ofEntity], now)
            ?? [.. VerifiedClaimNames.OfPersonInConsent.All(asked.Contains) ? ofPerson : [], .. scopes.Contains(IdentityScopes.Organization) ? ofEntity : []];
        if (verified.Count > 0)
        {
            claims[VerifiedClaimNames.VerifiedClaims] = new JsonArray([.. verified]);
        }

        if (IsAsked(MandateClaims.Mandates) && await MandatesAsync(person, organization, mostMandates, now, cancellationToken) is { } held)
        {
            claims[MandateClaims.Mandates] = held;
        }

        return claims.ToDictionary(claim => claim.Key, claim => JsonSerializer.SerializeToElement(claim.Value, Authorization.AuthorizationJson.Default.JsonNode), StringComparer.Ordinal);

        void Add(string name, JsonNode? value)
        {
            if (value is not null && IsAsked(name))
            {
                claims[name] = value;
            }
        }

        bool IsAsked(string name) => ScopeOf.TryGetValue(name, out var scope) && (scopes.Contains(scope) || asked.Contains(name));
    }

    // Of more than fit, tokens have none rather than some: what is missing would be taken for what is not.
    private async Task<JsonArray?> MandatesAsync(Person person, Tin? organization, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await mandates.HoldingAsync(person.AccountId, organization, now, most + 1, cancellationToken);
        if (held.Count == 0 || (held.Count > most && most == MandateClaims.MostInTokens))
        {
            return null;
        }

        var shown = held.Take(most).ToList();
        return MandateClaims.Of(shown, await MandateNames.ReadAsync(database, shown, cancellationToken), now);
    }

    private static JsonValue? Text(string text) => text.Length > 0 ? JsonValue.Create(text) : null;

    private static JsonArray Roles(Person person, Tin organization) =>
        new([.. person.Memberships.Where(membership => membership.Tin == organization).SelectMany(membership => membership.Roles).Distinct().Select(role => JsonValue.Create(role))]);
}
