using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// What a client must sign to show that it signs now: a number of the time and its code under a key that every instance derives
/// from <c>Keys:EncryptionKey</c>, so that nothing is stored and each instance accepts what another gave out.
/// </summary>
public abstract class TimedNonces
{
    /// <summary>A nonce is given out for as long, and accepted for as long again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    // Clocks of two instances: the one ahead gives out a nonce that the other must take.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private const int CodeLength = 16;
    private const int Length = sizeof(long) + CodeLength;

    private readonly byte[] _key = new byte[32];
    private readonly TimeProvider _time;

    private protected TimedNonces(KeyEncryptionKey encryptionKey, TimeProvider time, ReadOnlySpan<byte> purpose)
    {
        ArgumentNullException.ThrowIfNull(encryptionKey);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, encryptionKey.Bytes, _key, salt: [], info: purpose);
        _time = time;
    }

    /// <summary>The last moment at which one that is good now can be good.</summary>
    public DateTimeOffset AcceptedUntil => _time.GetUtcNow() + (2 * Lifetime) + Leeway;

    /// <summary>The one to give out now: 32 characters of base64url.</summary>
    public string Current => Write(Period(_time.GetUtcNow()));

    public bool Accepts(string nonce)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        var now = _time.GetUtcNow();
        var given = Encoding.UTF8.GetBytes(nonce);
        // The last, this one, and within the leeway the next.
        for (var period = Period(now) - 1; period <= Period(now + Leeway); period++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Write(period)), given))
            {
                return true;
            }
        }

        return false;
    }

    private static long Period(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Lifetime.TotalSeconds;

    private string Write(long period)
    {
        Span<byte> nonce = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(nonce, period);
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, nonce[..sizeof(long)], code);
        code[..CodeLength].CopyTo(nonce[sizeof(long)..]);
        return Base64Url.EncodeToString(nonce);
    }
}
