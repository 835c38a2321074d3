using System.Security.Cryptography;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Documents;

/// <summary>Takes documents by what they are, and stores them by the digest of their content: the same bytes once, and only while something refers to them.</summary>
public static class DocumentStore
{
    /// <summary>Bytes of a document.</summary>
    public const int MaxSize = 5 * 1024 * 1024;

    public const int MaxName = 120;

    // The tables that refer to documents.
    private static readonly string[] Referring = ["aeo_attachments", "registration_documents"];

    public static Refusal TooLarge { get; } = new("document_too_large", $"A document has at most {MaxSize / 1024 / 1024} MB.");

    /// <param name="name">As it was named by who brings it; of a path the last part counts.</param>
    /// <param name="content">A PDF, PNG or JPEG of at most <see cref="MaxSize"/> bytes.</param>
    /// <param name="accountId">Who brings it.</param>
    /// <param name="now">When.</param>
    internal static Outcome<AttachedDocument> Judge(string name, ReadOnlySpan<byte> content, string accountId, DateTimeOffset now)
    {
        if (content.Length > MaxSize)
        {
            return TooLarge;
        }

        if (DocumentType.Of(content) is not { } mediaType)
        {
            return new Refusal("document_type", "A document is a PDF, PNG or JPEG; its name does not make it one.");
        }

        return PrintableText.Normalise(name[(name.LastIndexOfAny(['/', '\\']) + 1)..], MaxName) is { } shown
            ? new AttachedDocument
            {
                Id = TimeOrderedId.New(now),
                Name = shown,
                MediaType = mediaType,
                Size = content.Length,
                Digest = Convert.ToHexStringLower(SHA256.HashData(content)),
                AttachedBy = accountId,
                AttachedAt = now.WholeSeconds(),
            }
            : new Refusal("document_name", $"A document has a name of 1 to {MaxName} printable characters.");
    }

    internal static Task PutAsync(WriteTransaction tx, AttachedDocument document, ReadOnlyMemory<byte> content) => tx.ExecuteAsync(
        "INSERT INTO documents (digest, media_type, size, content) VALUES (@Digest, @MediaType, @Size, @Content) ON CONFLICT (digest) DO NOTHING",
        new { document.Digest, document.MediaType, document.Size, Content = content.ToArray() });

    /// <summary>Deletes of these what nothing refers to any more.</summary>
    internal static async Task DropUnusedAsync(WriteTransaction tx, IEnumerable<string> digests)
    {
        foreach (var digest in digests.Distinct())
        {
            await tx.ExecuteAsync(
                $"DELETE FROM documents WHERE digest = @digest{string.Concat(Referring.Select(table => $" AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.digest = documents.digest)"))}",
                new { digest }).ConfigureAwait(false);
        }
    }
}
