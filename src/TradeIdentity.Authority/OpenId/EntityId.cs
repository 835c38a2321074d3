using System.Buffers.Text;
using System.Security.Cryptography;

namespace TradeIdentity.Authority.OpenId;

internal static class EntityId
{
    /// <summary>Version 7: rows made together lie together in the index.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    public static string NewConcurrencyToken()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
