using System.Security.Cryptography;
using System.Text;
using CsCheck;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.StatusLists;

public sealed class StatusListTokenTests : IDisposable
{
    private const string Uri = "https://customs.example/statuslists/1";
    private readonly ECDsa _key = TestKeys.P256();

    private static readonly Gen<StatusListToken> Tokens = Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 3000], Gen.Int[0, 2999].Array[0, 30], Gen.Long[0, 4_000_000_000], Gen.Bool, Gen.Bool, (power, count, set, issued, withEnd, withUri) =>
        {
            var statuses = new StatusListBitmap(1 << power, count);
            Array.ForEach(set, index => statuses.Set(index % count, 1));
            return new StatusListToken
            {
                Subject = Uri,
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issued),
                ExpiresAt = withEnd ? DateTimeOffset.FromUnixTimeSeconds(issued + 86_400) : null,
                TimeToLive = withEnd ? TimeSpan.FromHours(12) : null,
                Statuses = statuses,
                AggregationUri = withUri ? "https://customs.example/statuslists" : null,
            };
        });

    [Fact]
    public void Jwt_gives_back_what_was_signed() => Tokens.Sample(token =>
    {
        using var key = Verification();
        return StatusListJwt.Read(StatusListJwt.Encode(token, Signer()), Uri, key, out var back) == StatusListFailure.None && Same(token, back!);
    }, iter: 100);

    [Fact]
    public void Cwt_gives_back_what_was_signed() => Tokens.Sample(token =>
    {
        using var key = Verification();
        return StatusListCwt.Read(StatusListCwt.Encode(token, Signer()), Uri, key, out var back) == StatusListFailure.None && Same(token, back!);
    }, iter: 100);

    [Fact]
    public void Refuses_another_key_and_another_subject()
    {
        using var key = Verification();
        using var another = TestKeys.P256Verification();
        var jwt = StatusListJwt.Encode(Token(), Signer());
        var cwt = StatusListCwt.Encode(Token(), Signer());
        Assert.Equal(StatusListFailure.Signature, StatusListJwt.Read(jwt, Uri, another, out var none));
        Assert.Null(none);
        Assert.Equal(StatusListFailure.Signature, StatusListCwt.Read(cwt, Uri, another, out _));
        Assert.Equal(StatusListFailure.Subject, StatusListJwt.Read(jwt, Uri + "0", key, out none));
        Assert.Null(none);
        Assert.Equal(StatusListFailure.Subject, StatusListCwt.Read(cwt, Uri + "0", key, out _));
    }

    [Fact]
    public void Carries_the_certificates_and_the_type()
    {
        var signer = Signer() with { Certificates = [new byte[] { 1 }, new byte[] { 2 }] };
        Assert.True(CompactJws.TryParse(StatusListJwt.Encode(Token(), signer), 10_000, out var jws));
        Assert.Equal("statuslist+jwt", jws.Type);
        Assert.Equal(["AQ==", "Ag=="], jws.Header.GetProperty("x5c").EnumerateArray().Select(each => each.GetString()));
        Assert.Contains("1821824101" + "4102", Convert.ToHexString(StatusListCwt.Encode(Token(), signer)), StringComparison.Ordinal);
        using var key = Verification();
        Assert.Equal(StatusListFailure.None, StatusListCwt.Read(StatusListCwt.Encode(Token(), signer), Uri, key, out _));
    }

    [Theory]
    [InlineData("""{"sub":"u","iat":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.None)]
    [InlineData("""{"sub":"u","iat":1.5,"x":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ","y":2}}""", StatusListFailure.None)]
    [InlineData("""{"iat":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","iat":"1","status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","iat":1e99,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","iat":1,"ttl":0,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","iat":1}""", StatusListFailure.Claim)]
    [InlineData("""{"sub":"u","iat":1,"status_list":{"bits":3,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.List)]
    [InlineData("""{"sub":"u","iat":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ=="}}""", StatusListFailure.List)]
    [InlineData("""{"sub":"u","iat":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXAAA"}}""", StatusListFailure.List)]
    [InlineData("""{"sub":"u","sub":"v","iat":1,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}""", StatusListFailure.Malformed)]
    [InlineData("[]", StatusListFailure.Malformed)]
    public void Names_what_is_wrong_with_a_jwt(string claims, StatusListFailure failure) =>
        Assert.Equal(failure, StatusListJwt.ReadUnverified(Unsigned("statuslist+jwt", claims), out _));

    [Fact]
    public void Refuses_another_type()
    {
        Assert.Equal(StatusListFailure.Type, StatusListJwt.ReadUnverified(Unsigned("JWT", "{}"), out _));
        Assert.Equal(StatusListFailure.Malformed, StatusListJwt.ReadUnverified("x", out _));
        Assert.Equal(StatusListFailure.Type, StatusListCwt.ReadUnverified(Convert.FromHexString("D28443A10126A041A040"), out _));
        Assert.Equal(StatusListFailure.Malformed, StatusListCwt.ReadUnverified(new byte[] { 1 }, out _));
    }

    [Fact]
    public void Expires_at_the_very_second()
    {
        var token = Token() with { ExpiresAt = DateTimeOffset.UnixEpoch };
        Assert.True(token.IsExpired(DateTimeOffset.UnixEpoch));
        Assert.False(token.IsExpired(DateTimeOffset.UnixEpoch.AddSeconds(-1)));
        Assert.False((token with { ExpiresAt = null }).IsExpired(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void One_percent_of_a_million_takes_what_the_draft_says()
    {
        // 13.7 KB in the draft's table; a step coprime to the length scatters the indexes.
        var statuses = new StatusListBitmap(1, 1_000_000);
        var state = 1UL;
        for (var set = 0; set < 10_000; set++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            statuses.Set((int)((state >> 33) % 1_000_000), 1);
        }

        Assert.InRange(statuses.Compress().Length, 13_000, 14_500);
    }

    [Fact]
    public void Aggregation_gives_back_the_uris()
    {
        string[] uris = [Uri, "https://customs.example/statuslists/2"];
        Assert.Equal("""{"status_lists":["https://customs.example/statuslists/1","https://customs.example/statuslists/2"]}""", Encoding.UTF8.GetString(StatusListAggregation.Encode(uris)));
        Assert.True(StatusListAggregation.TryRead(StatusListAggregation.Encode(uris), out var back));
        Assert.Equal(uris, back);
        Assert.False(StatusListAggregation.TryRead("""{"status_lists":["no uri"]}"""u8.ToArray(), out _));
        Assert.False(StatusListAggregation.TryRead("""{"status_lists":[1]}"""u8.ToArray(), out _));
        Assert.False(StatusListAggregation.TryRead("{}"u8.ToArray(), out _));
    }

    public void Dispose() => _key.Dispose();

    private Codecs.Signatures.VerificationKey Verification()
    {
        lock (_key)
        {
            return TestKeys.Verification(_key);
        }
    }

    private StatusListSigner Signer() => new()
    {
        KeyId = "12",
        SignHash = hash =>
        {
            lock (_key)
            {
                return _key.SignHash(hash);
            }
        },
    };

    private static StatusListToken Token() => new() { Subject = Uri, IssuedAt = DateTimeOffset.UnixEpoch, Statuses = new StatusListBitmap(2, 100) };

    private static bool Same(StatusListToken one, StatusListToken other) =>
        one with { Statuses = other.Statuses } == other && one.Statuses.Bits == other.Statuses.Bits && one.Statuses.Bytes.SequenceEqual(other.Statuses.Bytes);

    private static string Unsigned(string type, string claims) =>
        CompactJws.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"{{type}}"}"""), Encoding.UTF8.GetBytes(claims), _ => [0]);
}
