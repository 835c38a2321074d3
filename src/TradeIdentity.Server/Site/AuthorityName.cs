using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.Site;

/// <summary>The authority's name in the language of the request; in English where it has none in that language.</summary>
public sealed class AuthorityName(IssuerOptions issuer)
{
    public override string ToString() =>
        issuer.Names.GetValueOrDefault(Language.Current.Code) ?? issuer.Names.GetValueOrDefault("en") ?? issuer.Code;
}
