using System.Net;
using System.Text.Json;
using TradeIdentity.Tests.Processes;
using TradeIdentity.Verification.Tests;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Tests.Verifier;

/// <summary>What a post takes from the network, what it remembers, and what it never goes back on.</summary>
public sealed class PostStateTests : IAsyncLifetime
{
    private const int Rejected = 1;
    private const int Undetermined = 2;
    private const int Usage = 64;

    private readonly PostFolder _post = new();
    private readonly HttpListener _authority = new();
    private readonly TestKey _next = new();
    private string _address = "";
    private byte[] _published = [];
    private HttpStatusCode _answer = HttpStatusCode.OK;

    [Fact]
    public async Task A_fetched_bundle_pins_its_anchor()
    {
        await FetchesAsync(10);
        var run = await _post.RunAsync("verify", "--bundle", "post.bundle", "--at", "2026-03-01T13:00:00Z", _post.Text);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal([_post.Issuer.AnchorKey.Anchor.ToJwk()], Pinned());
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_bundle_of_another_key()
    {
        await FetchesAsync(10);
        await RefusesAsync(Rejected, _post.Bundle(11, _next));
    }

    [Fact]
    public async Task Nothing_is_kept_of_an_older_bundle()
    {
        await FetchesAsync(10);
        await FetchesAsync(12);
        await RefusesAsync(Undetermined, _post.Bundle(11));
        await FetchesAsync(12);
    }

    [Fact]
    public async Task Nothing_is_kept_of_an_answer_that_is_no_bundle()
    {
        await FetchesAsync(10);
        await RefusesAsync(Undetermined, []);
        await RefusesAsync(Undetermined, "<html></html>"u8.ToArray());
        _answer = HttpStatusCode.Redirect;
        await RefusesAsync(Undetermined, _post.Bundle(11));
        _answer = HttpStatusCode.NotFound;
        await RefusesAsync(Undetermined, _post.Bundle(11));
    }

    [Fact]
    public async Task An_announced_anchor_is_pinned_and_the_one_before_it_dropped_when_it_signs()
    {
        var (old, next) = (_post.Issuer.AnchorKey.Anchor, _next.Anchor);
        await FetchesAsync(10, announced: next);
        Assert.Equal([old.ToJwk(), next.ToJwk()], Pinned());
        await FetchesAsync(11);
        Assert.Equal([old.ToJwk(), next.ToJwk()], Pinned());
        await FetchesAsync(12, _next);
        Assert.Equal([next.ToJwk()], Pinned());
        await RefusesAsync(Rejected, _post.Bundle(13));
    }

    [Fact]
    public async Task A_damaged_state_is_never_passed_over()
    {
        await FetchesAsync(10);
        var right = await File.ReadAllTextAsync(_post.In("post.bundle.state.json"), Cancelled);
        string[] wrong =
        [
            "", "null", "{}", "[]", right[..^4], right.Replace("\"anchors\"", "\"anchor\"", StringComparison.Ordinal),
            right.Replace("{", "{\"more\":1,", StringComparison.Ordinal), right.Replace("\"newestSequence\"", "\"newestSequence\":0,\"newestSequence\"", StringComparison.Ordinal),
        ];
        foreach (var state in wrong)
        {
            await File.WriteAllTextAsync(_post.In("post.bundle.state.json"), state, Cancelled);
            var run = await _post.RunAsync("verify", "--bundle", "post.bundle", "--anchor", "anchor.jwk", "--at", "2026-03-01T13:00:00Z", _post.Text);
            Assert.True(run.ExitCode == Usage && run.Error.Contains("remove it", StringComparison.Ordinal), $"{state}: {run.ExitCode} {run.Error}");
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_in_one_line()
    {
        _published = _post.Bundle(10);
        var run = await _post.RunAsync("bundle", "fetch", _address, "--anchor", "anchor.jwk", "-o", "none/post.bundle");
        Assert.Equal(74, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_delta_is_taken_as_a_file_as_text_and_as_a_file_of_text()
    {
        await FetchesAsync(10);
        var delta = _post.Issuer.AnchorKey.Sign(StatusDelta.Type, new StatusDelta
        {
            FromSequence = 10,
            ToSequence = 11,
            Issued = TestIssuer.Now.AddMinutes(30),
            NextUpdate = TestIssuer.Now.AddDays(1),
            Issuer = TestIssuer.Code,
            Changes = [new StatusListChange { List = TestIssuer.List, Revoked = [TestIssuer.ValidIndex], Suspended = [], Reinstated = [] }],
        }.Write());
        _post.Write("delta.cose", delta);
        await File.WriteAllTextAsync(_post.In("delta.txt"), $"{DeltaText.Encode(delta)}\r\n", Cancelled);
        foreach (var given in (string[])["delta.cose", "delta.txt", $" {DeltaText.Encode(delta)}\n"])
        {
            var applied = await _post.RunAsync("bundle", "apply", "post.bundle", given, "-o", "applied.bundle");
            Assert.True(applied.ExitCode == 0, applied.Error);
            var verdict = await _post.RunAsync("verify", "--bundle", "applied.bundle", "--at", "2026-03-01T13:00:00Z", _post.Text);
            Assert.StartsWith("[✗] REJECTED: revoked\n", verdict.Output, StringComparison.Ordinal);
        }

        Assert.Equal(Undetermined, (await _post.RunAsync("bundle", "apply", "applied.bundle", "delta.cose", "-o", "applied.bundle")).ExitCode);
        var shown = await _post.RunAsync("bundle", "show", "applied.bundle");
        Assert.Contains("Trust bundle 11", shown.Output, StringComparison.Ordinal);
        Assert.Contains(_post.Issuer.AnchorKey.Anchor.Fingerprint, shown.Output, StringComparison.Ordinal);
        Assert.Contains("overdue", shown.Output, StringComparison.Ordinal);
        Assert.Contains("10,000 indexes, 2 revoked, 1 suspended", shown.Output, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync()
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _authority.Prefixes.Add(_address + "/");
        _authority.Start();
        _ = AnswerAsync();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _authority.Close();
        _next.Dispose();
        _post.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task AnswerAsync()
    {
        while (_authority.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _authority.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            asked.Response.StatusCode = asked.Request.Url!.AbsolutePath == "/trust/bundle" ? (int)_answer : 404;
            asked.Response.RedirectLocation = _address + "/trust/bundle";
            asked.Response.Close(_published, willBlock: false);
        }
    }

    private Task<ProgramRun> FetchAsync(byte[] published)
    {
        _published = published;
        return File.Exists(_post.In("post.bundle"))
            ? _post.RunAsync("bundle", "fetch", _address + "/trust/bundle", "-o", "post.bundle")
            : _post.RunAsync("bundle", "fetch", _address, "--anchor", "anchor.jwk", "-o", "post.bundle");
    }

    private async Task FetchesAsync(long sequence, TestKey? signer = null, params IReadOnlyList<TrustAnchor> announced)
    {
        var bundle = _post.Bundle(sequence, signer, announced);
        var run = await FetchAsync(bundle);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(bundle, await File.ReadAllBytesAsync(_post.In("post.bundle"), Cancelled));
    }

    private async Task RefusesAsync(int exitCode, byte[] published)
    {
        var (bundle, state) = (await File.ReadAllBytesAsync(_post.In("post.bundle"), Cancelled), await File.ReadAllBytesAsync(_post.In("post.bundle.state.json"), Cancelled));
        var run = await FetchAsync(published);
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Error}");
        Assert.Contains("unchanged", run.Error, StringComparison.Ordinal);
        Assert.Equal(bundle, await File.ReadAllBytesAsync(_post.In("post.bundle"), Cancelled));
        Assert.Equal(state, await File.ReadAllBytesAsync(_post.In("post.bundle.state.json"), Cancelled));
    }

    private string?[] Pinned()
    {
        using var state = JsonDocument.Parse(File.ReadAllBytes(_post.In("post.bundle.state.json")));
        return [.. state.RootElement.GetProperty("anchors").EnumerateArray().Select(anchor => anchor.GetString())];
    }
}
