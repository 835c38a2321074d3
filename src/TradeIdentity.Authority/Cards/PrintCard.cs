using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Cards;

/// <summary>Prints an issued credential as a card: what the card says is read from the QR text that it carries.</summary>
public sealed class PrintCard(ProgrammeCatalogue programmes, IOptions<IssuerOptions> issuer)
{
    private const string Language = "en";

    /// <summary>The card as PDF. Refused as <c>pdf_unavailable</c> where this build has no fonts.</summary>
    public Outcome<byte[]> Execute(IssuedCredential credential) => CredentialCard.ToPdf(new CardContent
    {
        IssuerName = issuer.Value.Names[Language],
        TypeName = CredentialTypeCatalogue.Entries.Single(entry => entry.Code == credential.Type).Names.First(name => name.Key == Language).Value,
        Credential = Read(credential.QrText),
        ComponentNames = programmes.Programmes
            .SelectMany(programme => programme.Components)
            .ToDictionary(component => component.QrCode, component => component.Names[Language]),
        QrText = credential.QrText,
        VerifyAddress = issuer.Value.BaseUrl,
    });

    private static Credential Read(string qrText)
    {
        Span<byte> message = stackalloc byte[Ti1Text.MaxMessageLength];
        return Ti1Text.TryDecode(qrText, message, out var length)
            && CoseSign1.TryParse(message[..length], out var sign1)
            && CredentialReader.TryRead(sign1.Payload, out var credential)
                ? credential
                : throw new InvalidDataException("A stored credential is damaged.");
    }
}
