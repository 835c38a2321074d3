using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.Tests.OpenId.Dpop;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class SignedByOneOfTests
{
    // FAPI 2.0 security profile §5.4.3.
    [Theory]
    [InlineData("ES256", "ES256")]
    [InlineData("PS256", "ES256")]
    [InlineData("ES256", "PS256")]
    public void Of_keys_with_one_name_the_one_that_signed_counts_wherever_it_stands(string another, string signing)
    {
        var (other, signer, stranger) = (new ProofKeyOfTest(another), new ProofKeyOfTest(signing), new ProofKeyOfTest(signing));
        Assert.True(IsSigned(signer, other, signer));
        Assert.True(IsSigned(signer, signer, other));
        Assert.False(IsSigned(stranger, signer, other));
    }

    private static bool IsSigned(ProofKeyOfTest by, params ProofKeyOfTest[] known)
    {
        var named = known.Select(key => key.Jwk).ToArray();
        foreach (var jwk in named)
        {
            jwk["kid"] = "one";
        }

        var keys = new JsonWebKeySet(new JsonObject { ["keys"] = new JsonArray([.. named]) }.ToJsonString());
        var token = by.Proof("POST", "https://a.example/", nonce: null, header: header => header["kid"] = "one");
        return CompactJws.TryParse(token, 10_000, out var jws) && SignedByOneOf.Verify(jws, keys, [SignatureAlgorithm.ES256, SignatureAlgorithm.PS256]);
    }
}
