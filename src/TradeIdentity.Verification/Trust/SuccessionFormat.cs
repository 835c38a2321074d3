using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Verification.Credentials;
using static TradeIdentity.Verification.Trust.BundleFieldReader;

namespace TradeIdentity.Verification.Trust;

/// <summary>Successions in a bundle: [ issuer, tin, kind, day, [ + [ tin, legal name ] ] ]; days since 1970-01-01.</summary>
internal static class SuccessionFormat
{
    internal static void Write(CborWriter writer, Succession succession)
    {
        writer.WriteStartArray(5);
        writer.WriteTextString(succession.Issuer);
        writer.WriteTextString(succession.Tin);
        writer.WriteInt32((int)succession.Kind);
        writer.WriteInt32(succession.EffectiveOn.DayNumber - CredentialFormat.UnixEpochDay);
        writer.WriteStartArray(succession.Successors.Count);
        foreach (var successor in succession.Successors)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(successor.Tin);
            writer.WriteTextString(successor.LegalName);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    internal static bool TryRead(ref DeterministicCborReader reader, out Succession succession)
    {
        succession = null!;
        if (!reader.TryReadArray(out var count) || count != 5
            || !reader.TryReadText(BundleFormat.MaxCodeBytes, out var issuer)
            || !TryReadTin(ref reader, out var tin)
            || !TryReadInt32(ref reader, (int)SuccessionKind.Merged, (int)SuccessionKind.Renamed, out var kind)
            || !TryReadInt32(ref reader, 0, CredentialFormat.MaxUnixDays, out var day)
            || !TryReadList<Successor>(ref reader, BundleFormat.MaxSuccessors, TryReadSuccessor, out var successors)
            || !IsSuccession(tin, (SuccessionKind)kind, successors))
        {
            return false;
        }

        succession = new Succession
        {
            Issuer = issuer,
            Tin = tin,
            Kind = (SuccessionKind)kind,
            EffectiveOn = DateOnly.FromDayNumber(CredentialFormat.UnixEpochDay + day),
            Successors = successors,
        };
        return true;
    }

    // Only a division has several successors, and only what was renamed is carried on by itself.
    private static bool IsSuccession(string tin, SuccessionKind kind, Successor[] successors) =>
        (kind == SuccessionKind.Divided ? successors.Length >= 1 : successors.Length == 1)
        && Array.TrueForAll(successors, successor => (successor.Tin == tin) == (kind == SuccessionKind.Renamed));

    private static bool TryReadSuccessor(ref DeterministicCborReader reader, out Successor successor)
    {
        successor = null!;
        if (!reader.TryReadArray(out var count) || count != 2
            || !TryReadTin(ref reader, out var tin)
            || !ProfileText.TryReadNonEmpty(ref reader, CredentialFormat.MaxLegalNameBytes, out var name))
        {
            return false;
        }

        successor = new Successor(tin, name);
        return true;
    }

    private static bool TryReadTin(ref DeterministicCborReader reader, out string tin) =>
        reader.TryReadText(CredentialFormat.MaxTinLength, out tin) && ProfileText.IsTin(tin);
}
