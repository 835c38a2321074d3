using System.Buffers.Binary;

namespace TradeIdentity.Authority.Cards;

/// <summary>
/// Two marks of a font file that are set otherwise in memory, before Skia opens it. The file is one of the lock file's, its
/// hash checked by npm; the licence (SIL OFL 1.1) allows both. Numbers of clauses: OpenType 1.9.
/// </summary>
internal static class TrueTypeFile
{
    private const byte OverlapSimple = 0x40;
    private const ushort OverlapCompound = 0x0400;

    internal static byte[] Read(string path)
    {
        var file = File.ReadAllBytes(path);
        AskForUsedGlyphsOnly(file);
        LeaveOutlinesAsDrawn(file);
        return file;
    }

    /// <summary>
    /// This build of Skia cannot subset: it writes a font whole into every PDF, 7 MB for Chinese. A font whose OS/2 table says
    /// that its file must not be embedded (fsType 2) is written as Type 3 instead: the outlines of the used glyphs.
    /// </summary>
    private static void AskForUsedGlyphsOnly(Span<byte> file) =>
        BinaryPrimitives.WriteUInt16BigEndian(Table(file, "OS/2"u8)[8..], 2);

    /// <summary>
    /// Where a glyph says that its contours may overlap, Skia rewrites it, and turns some counters round so that they fill: 司 lost
    /// the white of its box. Without the mark it takes the contours as they are, and the non-zero rule of the PDF fills overlaps right.
    /// </summary>
    private static void LeaveOutlinesAsDrawn(Span<byte> file)
    {
        var longOffsets = BinaryPrimitives.ReadInt16BigEndian(Table(file, "head"u8)[50..]) == 1;
        int count = BinaryPrimitives.ReadUInt16BigEndian(Table(file, "maxp"u8)[4..]);
        var loca = Table(file, "loca"u8);
        var glyphs = Table(file, "glyf"u8);
        for (var glyph = 0; glyph < count; glyph++)
        {
            var (start, end) = (Offset(loca, glyph, longOffsets), Offset(loca, glyph + 1, longOffsets));
            if (end > start)
            {
                ClearOverlap(glyphs[start..end]);
            }
        }
    }

    // Glyph header of 10 bytes; then a composite's first component begins with its flags, a simple glyph has the last points of
    // its contours, the length of its instructions and those, then the flags of its points.
    private static void ClearOverlap(Span<byte> glyph)
    {
        var contours = BinaryPrimitives.ReadInt16BigEndian(glyph);
        if (contours < 0)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(glyph[10..]);
            BinaryPrimitives.WriteUInt16BigEndian(glyph[10..], (ushort)(flags & ~OverlapCompound));
        }
        else if (contours > 0)
        {
            var instructions = 10 + (2 * contours);
            glyph[instructions + 2 + BinaryPrimitives.ReadUInt16BigEndian(glyph[instructions..])] &= unchecked((byte)~OverlapSimple);
        }
    }

    private static int Offset(ReadOnlySpan<byte> loca, int glyph, bool isLong) =>
        isLong ? BinaryPrimitives.ReadInt32BigEndian(loca[(4 * glyph)..]) : 2 * BinaryPrimitives.ReadUInt16BigEndian(loca[(2 * glyph)..]);

    // Table directory: count at 4, records of 16 bytes from 12 on (tag, checksum, offset, length).
    private static Span<byte> Table(Span<byte> file, ReadOnlySpan<byte> tag)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian(file[4..]);
        for (var i = 0; i < count; i++)
        {
            var record = file[(12 + (16 * i))..];
            if (record[..4].SequenceEqual(tag))
            {
                return file.Slice(BinaryPrimitives.ReadInt32BigEndian(record[8..]), BinaryPrimitives.ReadInt32BigEndian(record[12..]));
            }
        }

        throw new InvalidDataException("A font of the PDF card lacks a table that every TrueType font has: build again to restore it.");
    }
}
