namespace TradeIdentity.Authority.Documents;

/// <summary>What a document may be, told by its first bytes: a name proves nothing.</summary>
public static class DocumentType
{
    /// <summary>Of the input of a form.</summary>
    public const string Accepted = "application/pdf,image/png,image/jpeg";

    /// <summary>The media type; null: it is none that is taken.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? "application/pdf"
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : null;

    /// <summary>Of a file that is given out: the name of a stranger's file chooses no program.</summary>
    public static string Extension(string mediaType) => mediaType switch { "application/pdf" => "pdf", "image/png" => "png", _ => "jpg" };
}
