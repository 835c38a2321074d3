using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;

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
        Credential = credential.Read(),
        ComponentNames = programmes.Programmes
            .SelectMany(programme => programme.Components)
            .ToDictionary(component => component.QrCode, component => component.Names[Language]),
        QrText = credential.QrText,
        VerifyAddress = issuer.Value.BaseUrl,
    });
}
