using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Cards;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid issue</c>.</summary>
internal static class IssueCommand
{
    private static readonly Option<string> TinOption = new("--tin") { Description = "TIN of the operator.", Required = true };
    private static readonly Option<string> TypeOption = new("--type") { Description = "LegalIdentity, AeoStatus or Mandate.", Required = true };
    private static readonly Option<string?> MandateOption = new("--mandate") { Description = "Id of the mandate that a credential of the type Mandate states." };
    private static readonly Option<string?> Png = new("--png") { Description = "Write the QR code to this PNG file." };
    private static readonly Option<string?> Svg = new("--svg") { Description = "Write the QR code to this SVG file." };
    private static readonly Option<string?> Pdf = new("--pdf") { Description = "Write a card to print to this PDF file." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON in place of the QR text." };

    internal static Command Create()
    {
        TypeOption.AcceptOnlyFromAmong([.. CredentialTypeCatalogue.Entries.Select(entry => entry.Name)]);
        var command = new Command("issue", "Issue a credential and print its QR text. Example: tradeid issue --tin NL854502130 --type AeoStatus --png aeo.png")
        {
            TinOption, TypeOption, MandateOption, Png, Svg, Pdf, Json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(services => IssueAsync(services, parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> IssueAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(parsed.GetRequiredValue(TinOption)).TryGet(out var tin, out var refusal))
        {
            return Answer.Refused(refusal);
        }

        _ = CredentialTypeCatalogue.TryFind(parsed.GetRequiredValue(TypeOption), out var type);
        var outcome = await services.GetRequiredService<IssueCredential>().ExecuteAsync(new CredentialRequest(tin, type, parsed.GetValue(MandateOption)), Answer.Actor, cancellationToken);
        if (!outcome.TryGet(out var credential, out refusal))
        {
            return Answer.Refused(refusal);
        }

        // First of all: it is issued, whatever becomes of the files.
        Console.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(Line(credential), AuthorityJson.Default.IssuedLine) : credential.QrText);
        if (parsed.GetValue(Png) is { } png)
        {
            await File.WriteAllBytesAsync(png, QrImage.Png(credential), cancellationToken);
        }

        if (parsed.GetValue(Svg) is { } svg)
        {
            await File.WriteAllTextAsync(svg, QrImage.Svg(credential), cancellationToken);
        }

        if (parsed.GetValue(Pdf) is { } pdf)
        {
            if (!services.GetRequiredService<PrintCard>().Execute(credential).TryGet(out var card, out refusal))
            {
                return Answer.Refused(refusal);
            }

            await File.WriteAllBytesAsync(pdf, card, cancellationToken);
        }

        return Answer.Done;
    }

    private static IssuedLine Line(IssuedCredential credential) => new(
        credential.Id.ToString(),
        CredentialTypeCatalogue.Name(credential.Type),
        credential.Tin,
        credential.QrText,
        credential.IssuedAt,
        credential.ExpiresAt,
        new IssuedStatus(credential.StatusReference.List, credential.StatusReference.Index));
}
