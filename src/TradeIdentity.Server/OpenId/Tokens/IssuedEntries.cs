using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>The entries of the tokens that the token endpoint makes in this request, until <see cref="SettleTokenRequest"/> stores them.</summary>
internal sealed class IssuedEntries
{
    public List<OpenIdToken> Tokens { get; } = [];
}
