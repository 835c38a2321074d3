using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>Reads a JSON body strictly: its media type, its size, and no member that the type does not have.</summary>
internal static class RequestBody
{
    private const int MaxLength = 64 * 1024;

    internal static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return new Refusal("media_type_unsupported", "Send application/json.");
        }

        if (await ReadBytesAsync(request, cancellationToken) is not { } bytes)
        {
            return new Refusal("body_too_large", $"The body may have {MaxLength} bytes.");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type) is { } body ? body : new Refusal("body_invalid", "The body is null.");
        }
        catch (JsonException invalid)
        {
            return new Refusal("body_invalid", $"The body is not as documented, at {invalid.Path ?? "$"}, line {invalid.LineNumber + 1}. Unknown and repeated members are refused.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(request.ContentLength ?? 4096, MaxLength) + 1];
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > MaxLength)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxLength + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
