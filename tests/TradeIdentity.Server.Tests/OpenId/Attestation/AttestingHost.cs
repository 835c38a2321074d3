using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Attestation;

/// <summary>A host that trusts two attesters: the first for any client, the second for one that is not here.</summary>
public sealed class AttestingHost : PersonHost
{
    public ECDsa AttesterKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa NarrowAttesterKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    protected override IReadOnlyList<string> Settings =>
    [
        .. base.Settings,
        "--ClientAttestation:Attesters:0:Issuer", "https://attester.example", "--ClientAttestation:Attesters:0:JsonWebKeySet", KeysOf(AttesterKey),
        "--ClientAttestation:Attesters:1:Issuer", "https://narrow.example", "--ClientAttestation:Attesters:1:JsonWebKeySet", KeysOf(NarrowAttesterKey),
        "--ClientAttestation:Attesters:1:Clients:0", "a-client-of-its-own",
    ];

    private static string KeysOf(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(q.X!)}}","y":"{{Base64UrlEncoder.Encode(q.Y!)}}"}]}""";
    }
}
