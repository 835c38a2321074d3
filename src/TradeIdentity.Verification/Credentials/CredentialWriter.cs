using System.Formats.Cbor;
using static TradeIdentity.Verification.Credentials.CredentialFormat;

namespace TradeIdentity.Verification.Credentials;

/// <summary>Writes the payload of a credential. What it writes, <see cref="CredentialReader"/> reads back equal.</summary>
public static class CredentialWriter
{
    /// <summary>The <c>typ</c> header of a credential.</summary>
    public static string Type => CredentialFormat.Type;

    /// <summary>Encodes the CWT claims set, deterministically.</summary>
    /// <param name="credential">
    /// Times are cut to whole seconds. The writer checks nothing: an issuer lints the draft first and reads the result back.
    /// </param>
    public static byte[] Write(Credential credential)
    {
        // Which claims there are is known only at the end: the writer makes the lengths definite.
        var writer = new CborWriter(CborConformanceMode.Canonical, convertIndefiniteLengthEncodings: true);
        writer.WriteStartMap(null);
        writer.WriteInt32(Issuer);
        writer.WriteTextString(credential.Issuer);
        WriteTime(writer, ExpiresAt, credential.ExpiresAt);
        if (credential.NotBefore.ToUnixTimeSeconds() != credential.IssuedAt.ToUnixTimeSeconds())
        {
            WriteTime(writer, NotBefore, credential.NotBefore);
        }

        WriteTime(writer, IssuedAt, credential.IssuedAt);
        writer.WriteInt32(TradeFacts);
        WriteFacts(writer, credential);
        writer.WriteInt32(CredentialFormat.Status);
        writer.WriteStartArray(2);
        writer.WriteInt32(credential.Status.List);
        writer.WriteInt32(credential.Status.Index);
        writer.WriteEndArray();
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void WriteFacts(CborWriter writer, Credential credential)
    {
        writer.WriteStartMap(null);
        writer.WriteInt32(CredentialType);
        writer.WriteInt32(credential.Type);
        WriteText(writer, LegalName, credential.LegalName);
        WriteText(writer, Tin, credential.Tin);
        if (!credential.Tin.StartsWith(credential.Jurisdiction, StringComparison.Ordinal))
        {
            WriteText(writer, Jurisdiction, credential.Jurisdiction);
        }

        if (credential.Identifiers.Count > 0)
        {
            writer.WriteInt32(Identifiers);
            writer.WriteStartMap(credential.Identifiers.Count);
            foreach (var identifier in credential.Identifiers)
            {
                WriteText(writer, identifier.IsConfirmed ? identifier.Scheme : -identifier.Scheme, identifier.Value);
            }

            writer.WriteEndMap();
        }

        if (credential.Roles.Count > 0)
        {
            writer.WriteInt32(Roles);
            writer.WriteStartArray(credential.Roles.Count);
            foreach (var role in credential.Roles)
            {
                writer.WriteTextString(role);
            }

            writer.WriteEndArray();
        }

        if (credential.Aeo.Count > 0)
        {
            writer.WriteInt32(Aeo);
            writer.WriteStartArray(credential.Aeo.Count);
            foreach (var component in credential.Aeo.OrderBy(c => c.Component))
            {
                WriteComponent(writer, component);
            }

            writer.WriteEndArray();
        }

        if (credential.Address is not null)
        {
            WriteText(writer, Address, credential.Address);
        }

        if (credential.EntityAssurance is { } assurance)
        {
            writer.WriteInt32(EntityAssurance);
            writer.WriteInt32(assurance);
        }

        if (credential.Mandate is { } mandate)
        {
            writer.WriteInt32(CredentialFormat.Mandate);
            MandateFormat.Write(writer, mandate);
        }

        writer.WriteEndMap();
    }

    private static void WriteComponent(CborWriter writer, AeoComponentClaim component)
    {
        writer.WriteStartArray(component.EffectiveUntil is null ? 4 : 5);
        writer.WriteInt32(component.Component);
        writer.WriteInt32((int)component.Status);
        writer.WriteTextString(component.AuthorisationNumber);
        writer.WriteInt32(component.EffectiveFrom.DayNumber - UnixEpochDay);
        if (component.EffectiveUntil is { } until)
        {
            writer.WriteInt32(until.DayNumber - UnixEpochDay);
        }

        writer.WriteEndArray();
    }

    private static void WriteText(CborWriter writer, int key, string value)
    {
        writer.WriteInt32(key);
        writer.WriteTextString(value);
    }

    private static void WriteTime(CborWriter writer, int key, DateTimeOffset time)
    {
        writer.WriteInt32(key);
        writer.WriteInt64(time.ToUnixTimeSeconds());
    }
}
