using OpenIddict.Abstractions;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What an authorization request asks beyond what the engine reads: how the person must have signed in, and for whom they act.</summary>
internal sealed record AuthorizationQuestion
{
    private const int LongestValue = 1024;

    internal static AuthorizationQuestion None { get; } = new();

    /// <summary>OpenID Connect Core §3.1.2.1, seconds.</summary>
    public long? MaxAge { get; private init; }

    /// <summary>In order of preference; those that this server knows.</summary>
    public IReadOnlyList<string> AcrValues { get; private init; } = [];

    public ClaimsRequest Claims { get; private init; } = ClaimsRequest.None;

    /// <summary>The legal entity that is asked for, by <c>authorization_details</c> or by <c>organization</c>.</summary>
    public Tin? Organization { get; private init; }

    /// <summary>Whether the entity was asked for by <c>authorization_details</c>, which is then answered with them.</summary>
    public bool HasDetails { get; private init; }

    /// <summary>The code of a refusal is the OAuth error.</summary>
    internal static Outcome<AuthorizationQuestion> Read(OpenIddictRequest request)
    {
        long? maxAge = null;
        if ((string?)request[OpenIddictConstants.Parameters.MaxAge] is { } seconds)
        {
            if (!long.TryParse(seconds, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var age) || age > int.MaxValue)
            {
                return Invalid("'max_age' must be a number of seconds.");
            }

            maxAge = age;
        }

        if (ClaimsRequest.Read((string?)request[OpenIddictConstants.Parameters.Claims]) is not { } claims)
        {
            return Invalid("'claims' is not a claims request of OpenID Connect Core §5.5.");
        }

        if (!ActingForDetail.TryRead((string?)request["authorization_details"], out var detail))
        {
            // RFC 9396 §5.
            return new Refusal("invalid_authorization_details", "'authorization_details' must be one detail of the type 'acting_for' with an 'organization' (a TIN) and nothing else.");
        }

        Tin? organization = null;
        if ((string?)request["organization"] is { Length: > 0 } text && !Tin.TryParse(text, out organization))
        {
            return Invalid("'organization' must be a TIN.");
        }

        if (detail is not null && organization is not null && organization != detail.Organization)
        {
            return Invalid("'organization' and 'authorization_details' name different entities.");
        }

        return new AuthorizationQuestion
        {
            MaxAge = maxAge,
            AcrValues = [.. (((string?)request[OpenIddictConstants.Parameters.AcrValues] is { Length: <= LongestValue } values ? values.Split(' ') : []).Intersect(SignInStrength.All))],
            Claims = claims,
            Organization = detail?.Organization ?? organization,
            HasDetails = detail is not null,
        };
    }

    private static Refusal Invalid(string detail) => new(OpenIddictConstants.Errors.InvalidRequest, detail);
}
