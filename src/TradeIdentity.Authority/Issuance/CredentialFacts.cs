using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>What of an operator's register entry a credential states, in the terms of the profile.</summary>
internal static class CredentialFacts
{
    private const int LowAssurance = 1;
    private const int SubstantialAssurance = 2;

    /// <summary>One identifier of each scheme that travels in a QR code, a confirmed one before a declared one.</summary>
    internal static IReadOnlyList<IdentifierClaim> Identifiers(Operator @operator, DateTimeOffset at) =>
        [.. @operator.Identifiers
            .Where(identifier => identifier.Scheme.QrCode is not null && identifier.Value != @operator.Tin.ToString())
            .Select(identifier => new IdentifierClaim(identifier.Scheme.QrCode!.Value, identifier.Value, IsConfirmed(identifier.Evidence, at)))
            .GroupBy(claim => claim.Scheme)
            .Select(scheme => scheme.OrderByDescending(claim => claim.IsConfirmed).First())];

    internal static IReadOnlyList<string> Roles(Operator @operator) => [.. @operator.Roles.Select(role => role.Code)];

    /// <summary>The address on one line: street, postal code and locality, country.</summary>
    internal static string? Address(Operator @operator)
    {
        if (@operator.RegisteredAddress is not { } address || (address.Street ?? address.Locality) is null)
        {
            return null;
        }

        var place = string.Join(' ', new[] { address.PostalCode, address.Locality }.OfType<string>());
        return string.Join(", ", new[] { address.Street, place.Length > 0 ? place : null, address.Country.Value }.OfType<string>());
    }

    internal static int EntityAssurance(Operator @operator, DateTimeOffset at) =>
        IsConfirmed(@operator.Evidence, at) ? SubstantialAssurance : LowAssurance;

    /// <summary>The components that are granted or suspended and in effect on <paramref name="today"/>.</summary>
    internal static IReadOnlyList<AeoComponentClaim> AeoComponents(Operator @operator, DateOnly today) =>
        [.. @operator.Aeo
            .Where(component => component is { QrCode: not null, Status: AeoStatus.Granted or AeoStatus.Suspended })
            .Where(component => Since(component) <= today && (component.EffectiveUntil is null || today <= component.EffectiveUntil))
            .Select(component => new AeoComponentClaim(
                component.QrCode!.Value,
                component.Status == AeoStatus.Granted ? AeoComponentStatus.Granted : AeoComponentStatus.Suspended,
                component.AuthorisationNumber ?? "-",
                Since(component),
                component.EffectiveUntil))
            .OrderBy(claim => claim.Component)];

    private static DateOnly Since(AeoComponent component) => component.GrantedFrom ?? component.EffectiveFrom;

    private static bool IsConfirmed(Evidence evidence, DateTimeOffset at) => evidence.LevelAt(at) == AssuranceLevel.Confirmed;
}
