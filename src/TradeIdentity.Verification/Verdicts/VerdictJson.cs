using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Verdicts;

/// <summary>The verdict as JSON: the one form that every command, endpoint and binding answers with.</summary>
public static class VerdictJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // Names are read by people and are never written into HTML from here: only what JSON demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verdict on one line.</summary>
    public static string ToJson(this Verdict verdict)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, verdict);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the verdict as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Verdict verdict)
    {
        var evidence = verdict.Evidence;
        writer.WriteStartObject();
        writer.WriteString("verdict", verdict.Match(_ => "accepted", _ => "rejected", _ => "undetermined"));
        writer.WriteString("reason", verdict.Match<string?>(_ => null, rejected => rejected.Reason.Code(), undetermined => undetermined.Doubt.Code()));
        if (evidence.Credential is { } credential)
        {
            writer.WritePropertyName("credential");
            WriteCredential(writer, credential, evidence.Bundle, evidence.LinkStatuses);
        }

        if (evidence.Issuer is { } issuer)
        {
            writer.WriteStartObject("issuer");
            writer.WriteString("code", issuer.Code);
            writer.WriteString("name", issuer.Names.Count > 0 ? issuer.Names[0].Value : issuer.Code);
            writer.WriteEndObject();
        }

        WriteStatus(writer, evidence.Status);
        if (evidence.Succession is { } succession)
        {
            WriteSuccession(writer, succession);
        }

        writer.WriteStartArray("recognition");
        writer.WriteEndArray();
        writer.WriteString("holderBinding", "none");
        WriteTime(writer, "at", evidence.At);
        if (evidence.Bundle is { } bundle)
        {
            writer.WriteNumber("bundleSequence", bundle.Sequence);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes what a credential says; names of codes come from <paramref name="bundle"/> where there is one.</summary>
    public static void WriteCredential(Utf8JsonWriter writer, Credential credential, TrustBundle? bundle) => WriteCredential(writer, credential, bundle, []);

    private static void WriteCredential(Utf8JsonWriter writer, Credential credential, TrustBundle? bundle, IReadOnlyList<StatusValue> linkStatuses)
    {
        writer.WriteStartObject();
        writer.WriteString("type", bundle?.CredentialTypeName(credential.Type) ?? WellKnownTypeName(credential.Type));
        writer.WriteString("iss", credential.Issuer);
        writer.WriteString("legalName", credential.LegalName);
        writer.WriteString("tin", credential.Tin);
        writer.WriteString("jurisdiction", credential.Jurisdiction);
        if (credential.Identifiers.Count > 0)
        {
            writer.WriteStartArray("identifiers");
            foreach (var identifier in credential.Identifiers)
            {
                writer.WriteStartObject();
                writer.WriteString("scheme", IdentifierSchemes.Name(identifier.Scheme));
                writer.WriteString("value", identifier.Value);
                writer.WriteString("evidence", identifier.IsConfirmed ? "confirmed" : "declared");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteTexts(writer, "roles", credential.Roles);

        if (credential.Aeo.Count > 0)
        {
            writer.WriteStartArray("aeo");
            foreach (var component in credential.Aeo)
            {
                WriteComponent(writer, component, bundle);
            }

            writer.WriteEndArray();
        }

        if (credential.Address is not null)
        {
            writer.WriteString("address", credential.Address);
        }

        if (credential.EntityAssurance is { } assurance)
        {
            writer.WriteString("entityAssurance", assurance switch { 1 => "low", 2 => "substantial", _ => "high" });
        }

        if (credential.Mandate is { } mandate)
        {
            WriteMandate(writer, mandate, linkStatuses);
        }

        WriteTime(writer, "issuedAt", credential.IssuedAt);
        WriteTime(writer, "notBefore", credential.NotBefore);
        WriteTime(writer, "expiresAt", credential.ExpiresAt);
        writer.WriteStartObject("statusReference");
        writer.WriteNumber("list", credential.Status.List);
        writer.WriteNumber("index", credential.Status.Index);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter writer, AeoComponentClaim component, TrustBundle? bundle)
    {
        var entry = bundle?.AeoComponent(component.Component);
        writer.WriteStartObject();
        writer.WriteString("component", entry?.Component ?? FormattableString.Invariant($"component-{component.Component}"));
        if (entry is not null)
        {
            writer.WriteString("programme", entry.Programme);
        }

        writer.WriteString("status", component.Status == AeoComponentStatus.Granted ? "granted" : "suspended");
        writer.WriteString("authorisationNumber", component.AuthorisationNumber);
        WriteDate(writer, "effectiveFrom", component.EffectiveFrom);
        if (component.EffectiveUntil is { } until)
        {
            WriteDate(writer, "effectiveUntil", until);
        }

        writer.WriteEndObject();
    }

    // Statuses of the links are in a verdict only: what is merely read has none.
    private static void WriteMandate(Utf8JsonWriter writer, MandateClaim mandate, IReadOnlyList<StatusValue> statuses)
    {
        writer.WriteStartObject("mandate");
        writer.WriteString("representation", mandate.Representation == Representation.Direct ? "direct" : "indirect");
        if (mandate.Bearer is not null)
        {
            writer.WriteString("bearer", mandate.Bearer);
        }

        writer.WriteStartArray("chain");
        for (var i = 0; i < mandate.Links.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("tin", mandate.Links[i].Tin);
            writer.WriteString("legalName", mandate.Links[i].LegalName);
            if (i < statuses.Count)
            {
                writer.WriteString("status", Name(statuses[i]));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteLimits(writer, mandate.Limits);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, MandateLimits limits)
    {
        writer.WriteStartObject("limits");
        WriteTexts(writer, "declarations", limits.Declarations.Select(DeclarationCodes.Name));
        WriteTexts(writer, "procedures", limits.Procedures);
        WriteTexts(writer, "places", limits.Places);
        if (limits.Value is { } value)
        {
            writer.WriteStartObject("value");
            writer.WriteNumber("amount", value);
            writer.WriteString("currency", limits.Currency);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        var isFirst = true;
        foreach (var text in texts)
        {
            if (isFirst)
            {
                writer.WriteStartArray(name);
                isFirst = false;
            }

            writer.WriteStringValue(text);
        }

        if (!isFirst)
        {
            writer.WriteEndArray();
        }
    }

    private static string Name(StatusValue status) => status switch
    {
        StatusValue.Valid => "valid",
        StatusValue.Revoked => "revoked",
        StatusValue.Suspended => "suspended",
        _ => "unknown",
    };

    private static void WriteStatus(Utf8JsonWriter writer, CredentialStatus? status)
    {
        writer.WriteStartObject("status");
        writer.WriteString("value", Name(status?.Value ?? StatusValue.Unknown));
        if (status?.AsOf is { } asOf)
        {
            WriteTime(writer, "asOf", asOf);
            writer.WriteNumber("ageSeconds", (long)status.Age.TotalSeconds);
        }

        writer.WriteEndObject();
    }

    private static void WriteSuccession(Utf8JsonWriter writer, Succession succession)
    {
        writer.WriteStartObject("succession");
        writer.WriteString("tin", succession.Tin);
        writer.WriteString("kind", succession.Kind switch
        {
            SuccessionKind.Merged => "merged",
            SuccessionKind.Divided => "divided",
            SuccessionKind.Renumbered => "renumbered",
            _ => "renamed",
        });
        WriteDate(writer, "effectiveOn", succession.EffectiveOn);
        writer.WriteStartArray("successors");
        foreach (var successor in succession.Successors)
        {
            writer.WriteStartObject();
            writer.WriteString("tin", successor.Tin);
            writer.WriteString("legalName", successor.LegalName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string WellKnownTypeName(int type) => type switch
    {
        CredentialTypes.LegalIdentity => nameof(CredentialTypes.LegalIdentity),
        CredentialTypes.AeoStatus => nameof(CredentialTypes.AeoStatus),
        CredentialTypes.Mandate => nameof(CredentialTypes.Mandate),
        _ => FormattableString.Invariant($"type-{type}"),
    };

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[20];
        time.UtcDateTime.TryFormat(text, out var written, TimeFormat, System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }

    private static void WriteDate(Utf8JsonWriter writer, string name, DateOnly date)
    {
        Span<char> text = stackalloc char[10];
        date.TryFormat(text, out var written, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }
}
