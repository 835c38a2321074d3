using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Companies;

/// <summary>An address as somebody states it; the country is a code of ISO 3166-1.</summary>
public sealed record EntityAddress(string? Street, string? Locality, string? PostalCode, string Country)
{
    internal static EntityAddress? Of(RegisteredAddress? address) =>
        address is null ? null : new EntityAddress(address.Street, address.Locality, address.PostalCode, address.Country.Value);
}
