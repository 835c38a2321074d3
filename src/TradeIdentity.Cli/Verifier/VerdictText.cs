using System.Globalization;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// A verdict for an officer's eyes: the answer first, by word and shape, then what it is about, then of when it is, then what
/// to do.
/// </summary>
internal static class VerdictText
{
    internal static void Write(Verdict verdict, TextWriter output, bool colour)
    {
        var (headline, ansi) = verdict.Match(
            _ => ("(✓) ACCEPTED", "1;32"),
            rejected => ($"[✗] REJECTED: {rejected.Reason.Code()}", "1;31"),
            undetermined => ($"/?\\ UNDETERMINED: {undetermined.Doubt.Code()}", "1;33"));
        output.WriteLine(colour ? $"\u001b[{ansi}m{headline}\u001b[0m" : headline);
        var evidence = verdict.Evidence;
        if (evidence.Credential is { } credential)
        {
            WriteCredential(output, credential, evidence);
        }

        if (evidence.Status is { } status)
        {
            var asOf = status.AsOf is { } time ? FormattableString.Invariant($" as of {time:yyyy-MM-dd HH:mm} UTC, {Age.InWords(status.Age)}") : "";
            Line(output, "Status", $"{status.Value.ToString().ToLowerInvariant()}{asOf}");
        }

        if (evidence.Bundle is { } bundle)
        {
            Line(output, "Trust list", $"number {bundle.Sequence} of {bundle.Content.Issued:yyyy-MM-dd HH:mm} UTC");
        }

        if (verdict.Match(_ => true, _ => false, _ => false))
        {
            Line(output, "Bearer", $"not proven: a code on paper shows the company's status, not who carries it");
        }

        if (Advice(verdict) is { } advice)
        {
            output.WriteLine();
            output.WriteLine(advice);
        }
    }

    private static void WriteCredential(TextWriter output, Credential credential, Evidence evidence)
    {
        if (evidence.Issuer is null)
        {
            output.WriteLine("  What the code says, unproven:");
        }

        Line(output, "Legal name", $"{credential.LegalName}");
        Line(output, "TIN", $"{credential.Tin}");
        if (evidence.Succession is { } succession)
        {
            WriteSuccession(output, succession);
        }

        if (credential.Mandate is { } mandate)
        {
            WriteMandate(output, mandate, evidence.LinkStatuses);
        }

        foreach (var component in credential.Aeo)
        {
            var name = evidence.Bundle?.AeoComponent(component.Component)?.Component ?? $"component {component.Component.ToString(CultureInfo.InvariantCulture)}";
            Line(output, "AEO", $"{name} {component.Status.ToString().ToLowerInvariant()}, {component.AuthorisationNumber}, since {component.EffectiveFrom:yyyy-MM-dd}");
        }

        if (credential.Roles.Count > 0)
        {
            Line(output, "Roles", $"{string.Join(' ', credential.Roles)}");
        }

        foreach (var identifier in credential.Identifiers)
        {
            Line(output, IdentifierSchemes.Name(identifier.Scheme).ToUpperInvariant(), $"{identifier.Value}{(identifier.IsConfirmed ? "" : " (declared, not confirmed)")}");
        }

        Line(output, "Issued by", $"{IssuerName(evidence.Issuer) ?? credential.Issuer}");
        Line(output, "Valid", $"{credential.NotBefore:yyyy-MM-dd} to {credential.ExpiresAt:yyyy-MM-dd}");
    }

    private static void WriteSuccession(TextWriter output, Succession succession)
    {
        var what = succession.Kind switch
        {
            SuccessionKind.Merged => "merged into",
            SuccessionKind.Divided => "divided into",
            SuccessionKind.Renumbered => "has another number:",
            _ => "is called",
        };
        Line(output, "Since then", $"{succession.Tin} {what} {string.Join("; ", succession.Successors.Select(successor => $"{successor.LegalName}, {successor.Tin}"))}, on {succession.EffectiveOn:yyyy-MM-dd}");
    }

    private static void WriteMandate(TextWriter output, MandateClaim mandate, IReadOnlyList<StatusValue> statuses)
    {
        if (mandate.Bearer is { } bearer)
        {
            Line(output, "Person", $"{bearer}: compare with the document shown");
        }

        Line(output, "Acts for", $"{mandate.Principal.LegalName}, {mandate.Principal.Tin}");
        Line(output, "", $"{(mandate.Representation == Representation.Direct ? "directly: in the principal's name, who is liable" : "indirectly: in its own name, and liable beside the principal")}");
        for (var i = 0; i < mandate.Links.Count; i++)
        {
            var link = mandate.Links[i];
            Line(output, i == 0 ? "Chain" : "", $"{i + 1}. granted by {link.LegalName}, {link.Tin}{(i < statuses.Count ? $": {statuses[i].ToString().ToLowerInvariant()}" : "")}");
        }

        var limits = mandate.Limits;
        Limit(output, "declarations", string.Join(", ", limits.Declarations.Select(DeclarationCodes.Name)));
        Limit(output, "procedures", string.Join(", ", limits.Procedures));
        Limit(output, "places", string.Join(", ", limits.Places));
        Limit(output, "value of a declaration at most", limits.Value is { } value ? FormattableString.Invariant($"{value} {limits.Currency}") : "");
    }

    private static void Limit(TextWriter output, string what, string codes)
    {
        if (codes.Length > 0)
        {
            Line(output, "Limited to", $"{what}: {codes}");
        }
    }

    private static string? IssuerName(Issuer? issuer) => issuer is null ? null : issuer.Names.Count > 0 ? issuer.Names[0].Value : issuer.Code;

    private static string? Advice(Verdict verdict) => verdict.Match(
        _ => null,
        rejected => rejected.Reason switch
        {
            RejectionReason.Malformed => "The code is damaged or is not a trade credential. Scan it again; if it stays so, ask for a new print.",
            RejectionReason.UnsupportedEnvelope => "This is another kind of code. Ask for the trade credential: its text starts with TI1:.",
            RejectionReason.AlgorithmNotAllowed => "It is signed in a way that the trust list does not allow. Treat it as forged.",
            RejectionReason.IssuerNotAuthorised => "Its signer may not issue this. Treat it as forged, and report it.",
            RejectionReason.SignatureInvalid => "It was altered after it was signed, or never signed by its issuer. Scan once more; then treat it as forged, and report it.",
            RejectionReason.NotYetValid => "It is not valid yet. Ask for the credential that is valid today.",
            RejectionReason.Expired => "It has expired. Ask for a current credential.",
            RejectionReason.Revoked => "The issuer has revoked it for good. Grant nothing on it.",
            RejectionReason.Suspended => "The issuer has suspended it. Grant nothing on it while that lasts.",
            RejectionReason.MandateBroken => "A link of the mandate was ended or suspended: the bearer does not act for the principal. Ask for a current mandate.",
            _ => null,
        },
        undetermined => undetermined.Doubt switch
        {
            Doubt.IssuerUnknown => "The trust list in hand does not know its signer. Bring the trust list up to date and scan again.",
            Doubt.StatusStale or Doubt.BundleExpired => "The status in hand is too old to answer. Bring the trust list up to date (tradeid bundle fetch, or scan a delta).",
            Doubt.StatusUnknown => "The trust list in hand does not cover it. Bring the trust list up to date and scan again.",
            Doubt.Clock => "The clock of this device is behind a signed time. Set it right and scan again.",
            Doubt.BundleRollback => "The trust list was replaced by an older one. Fetch it again, and find out who replaced it.",
            Doubt.BundleSignatureInvalid => "The trust list is damaged or is not signed by the pinned anchor. Fetch it again.",
            _ => null,
        });

    private static void Line(TextWriter output, string label, FormattableString value) =>
        output.WriteLine($"  {label,-11} {TerminalText.Plain(value.ToString(CultureInfo.InvariantCulture))}");
}
