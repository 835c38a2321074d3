using QRCoder;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Credentials;

/// <summary>The byte budget of the profile: a denser code is one that worn printers and old readers fail on.</summary>
public sealed class CredentialSizeTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    private static Credential OfTheBudget => new()
    {
        Issuer = "NL-DOUANE",
        Type = CredentialTypes.AeoStatus,
        IssuedAt = Now,
        NotBefore = Now,
        ExpiresAt = Now.AddYears(1),
        Status = new StatusReference(300, 9_999_999),
        LegalName = "Koninklijke Noordzee Handelsmaatschappij",
        Tin = "NL854502130B01",
        Jurisdiction = "NL",
        Identifiers = [new IdentifierClaim(1, "5493001KJTIIGC8Y1R12", IsConfirmed: true)],
        Roles = ["IM", "EX"],
        Aeo = [Component(1, "NLAEOC00000123"), Component(2, "NLAEOS00000123")],
        Address = "Wilhelminakade 123, 3072 AP Rotterdam, NL",
        EntityAssurance = 3,
    };

    [Fact]
    public void The_AEO_credential_of_the_budget_takes_at_most_335_bytes_and_version_14()
    {
        Assert.Equal(40, OfTheBudget.LegalName.Length);
        Assert.Equal(41, OfTheBudget.Address!.Length);
        Assert.All(OfTheBudget.Aeo, component => Assert.Equal(14, component.AuthorisationNumber.Length));
        var message = _issuer.Message(OfTheBudget);
        Assert.InRange(message.Length, 1, 335);
        Assert.InRange(Version(Ti1Text.Encode(message)), 1, 14);
    }

    [Fact]
    public void A_plain_legal_identity_takes_version_10_at_most()
    {
        var plain = OfTheBudget with { Type = CredentialTypes.LegalIdentity, Aeo = [], Address = null, Identifiers = [], Roles = [] };
        Assert.InRange(Version(_issuer.Text(plain)), 1, 10);
    }

    public void Dispose() => _issuer.Dispose();

    private static AeoComponentClaim Component(int code, string number) => new(code, AeoComponentStatus.Granted, number, new DateOnly(2024, 5, 1));

    private static int Version(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return code.Version;
    }
}
