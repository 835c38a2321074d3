using System.Net;
using System.Text;
using TradeIdentity.Server.Tests.Api;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Server.Tests.Trust;

[Collection(OnOneServer.Name)]
public sealed class TrustEndpointsTests(ServerFixture server)
{
    [Fact]
    public async Task The_anchor_is_the_same_key_as_JWK_and_as_COSE_Key()
    {
        using var jwk = await AnonymousAsync("/trust/anchor");
        using var cose = await AnonymousAsync("/trust/anchor", accept: "application/cose-key");
        Assert.Equal("application/jwk+json", jwk.Content.Headers.ContentType!.MediaType);
        Assert.Equal("application/cose-key", cose.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual(jwk.Headers.ETag, cose.Headers.ETag);
        Assert.Contains("Accept", jwk.Headers.Vary);
        Assert.True(TrustAnchor.TryRead(await BytesAsync(jwk), out var one));
        Assert.True(TrustAnchor.TryRead(await BytesAsync(cose), out var other));
        Assert.Equal(one.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public async Task The_bundle_verifies_under_the_anchor_and_judges_what_was_issued()
    {
        var credential = await server.IssueAsync();
        using var response = await AnonymousAsync("/trust/bundle");
        Assert.Equal("application/cose", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.Public);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl.MaxAge);
        var anchor = await AnchorAsync();
        var file = await BytesAsync(response);
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(file, [anchor], 0, out var bundle));
        var verdict = OfflineVerifier.Verify(credential.GetProperty("qrText").GetString(), bundle!, TimeProvider.System.GetUtcNow());
        Assert.True(verdict.Match(_ => true, _ => false, _ => false), verdict.ToJson());
    }

    [Theory]
    [InlineData("/trust/anchor")]
    [InlineData("/trust/bundle")]
    [InlineData("/status-lists/1")]
    public async Task What_a_cache_has_already_is_not_sent_again(string path)
    {
        await server.IssueAsync();
        using var first = await AnonymousAsync(path);
        using var again = await AnonymousAsync(path, ifNoneMatch: first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await BytesAsync(again));
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        using var other = await AnonymousAsync(path, ifNoneMatch: "\"another\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_revocation_makes_another_bundle_with_another_tag()
    {
        var credential = await server.IssueAsync();
        using var before = await AnonymousAsync("/trust/bundle");
        await server.ChangeStatusAsync(credential.GetProperty("id").GetString()!, "revoked");
        using var after = await AnonymousAsync("/trust/bundle", ifNoneMatch: before.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Fact]
    public async Task A_delta_brings_an_older_bundle_up_to_date()
    {
        var credential = await server.IssueAsync();
        using var response = await AnonymousAsync("/trust/bundle");
        var older = await BytesAsync(response);
        var anchors = (TrustAnchor[])[await AnchorAsync()];
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(older, anchors, 0, out var bundle));
        using var current = await AnonymousAsync($"/trust/bundle/delta?from={bundle!.Sequence}");
        Assert.Equal(HttpStatusCode.NoContent, current.StatusCode);

        await server.ChangeStatusAsync(credential.GetProperty("id").GetString()!, "revoked");
        using var delta = await AnonymousAsync($"/trust/bundle/delta?from={bundle.Sequence}");
        Assert.Equal("application/cose", delta.Content.Headers.ContentType!.MediaType);
        var change = await BytesAsync(delta);
        Assert.Equal(BundleFailure.None, BundleFile.TryApply(older, change, anchors, out var applied));
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(applied, anchors, bundle.Sequence, out var newer));
        var verdict = OfflineVerifier.Verify(credential.GetProperty("qrText").GetString(), newer!, TimeProvider.System.GetUtcNow());
        Assert.Contains("\"revoked\"", verdict.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/trust/bundle/delta", HttpStatusCode.BadRequest, "query_invalid")]
    [InlineData("/trust/bundle/delta?from=-1", HttpStatusCode.BadRequest, "query_invalid")]
    [InlineData("/trust/bundle/delta?from=1e3", HttpStatusCode.BadRequest, "query_invalid")]
    [InlineData("/trust/bundle/delta?from=999999", HttpStatusCode.NotFound, "delta_unavailable")]
    [InlineData("/trust/bundle/delta?from=99999999999999999999", HttpStatusCode.BadRequest, "query_invalid")]
    public async Task A_delta_that_cannot_be_is_a_problem(string path, HttpStatusCode status, string code)
    {
        using var response = await AnonymousAsync(path);
        await ProblemAssert.IsAsync(status, code, response);
    }

    private async Task<TrustAnchor> AnchorAsync()
    {
        using var response = await AnonymousAsync("/trust/anchor");
        return TrustAnchor.TryRead(await BytesAsync(response), out var anchor) ? anchor : throw new InvalidDataException(Encoding.UTF8.GetString(await BytesAsync(response)));
    }

    private Task<HttpResponseMessage> AnonymousAsync(string path, string? accept = null, string? ifNoneMatch = null) =>
        server.SendAsync(HttpMethod.Get, path, anonymous: true, accept: accept, ifNoneMatch: ifNoneMatch);

    private static Task<byte[]> BytesAsync(HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
}
