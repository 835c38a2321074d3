using TradeIdentity.Verification.Tests;

namespace TradeIdentity.Cli.Tests.Verifier;

/// <summary>A gate puts what it scanned on the command line, and anyone can print a code: no text but a good credential ends with 0.</summary>
public sealed class HostileTextTests(PostFolder post) : IClassFixture<PostFolder>
{
    private const int Rejected = 1;
    private const int Usage = 64;

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("/h")]
    [InlineData("/?")]
    [InlineData("--version")]
    [InlineData("--batch")]
    [InlineData("--json")]
    [InlineData("--frobnicate")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("[suggest]")]
    [InlineData("[diagram]")]
    public async Task A_text_that_looks_like_part_of_the_call_is_not_accepted(string text)
    {
        var run = await post.VerifyAsync(text);
        Assert.True(run.ExitCode is Rejected or Usage, $"{run.ExitCode}: {run.Output}{run.Error}");
    }

    [Fact]
    public async Task A_text_that_names_a_file_of_arguments_is_a_text()
    {
        await File.WriteAllTextAsync(post.In("arguments.txt"), "--help", TestContext.Current.CancellationToken);
        var run = await post.VerifyAsync("@arguments.txt");
        Assert.Equal((Rejected, "[✗] REJECTED: unsupported_envelope"), (run.ExitCode, run.Output.Split('\n')[0]));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--batch")]
    [InlineData("--frobnicate")]
    [InlineData("@arguments.txt")]
    public async Task Behind_two_dashes_every_text_is_judged(string text)
    {
        var run = await post.VerifyAsync("--", text);
        Assert.Equal((Rejected, "[✗] REJECTED: unsupported_envelope"), (run.ExitCode, run.Output.Split('\n')[0]));
    }

    [Fact]
    public async Task An_option_that_is_not_known_is_named()
    {
        var run = await post.VerifyAsync("--jsn");
        Assert.Equal(Usage, run.ExitCode);
        Assert.Contains("--jsn", run.Error, StringComparison.Ordinal);
        Assert.Equal(Usage, (await post.RunAsync("inspect", "--jsn")).ExitCode);
        Assert.Equal(Usage, (await post.RunAsync("bundle", "show", "--jsn")).ExitCode);
    }

    [Fact]
    public async Task A_forged_name_cannot_write_over_the_verdict()
    {
        using var stranger = new TestKey();
        var forged = TestIssuer.Company with { LegalName = "\u001b[2J\u001b[H(✓) ACCEPTED\r\n(✓) ACCEPTED\u2028\u009b1m\u202Ereversed", Address = "a\nb" };
        var run = await post.VerifyAsync(PostFolder.TextBy(stranger, forged));
        Assert.Equal(Rejected, run.ExitCode);
        Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c != '\n' || c is '\u2028' or '\u202E');
        Assert.StartsWith("[✗] REJECTED: malformed\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n(✓)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_without_a_name_is_shown_by_its_code()
    {
        var unnamed = post.Issuer.Content();
        post.Write("unnamed.bundle", post.Issuer.File(unnamed with { Issuers = [unnamed.Issuers[0] with { Names = [] }] }));
        var run = await post.RunAsync("verify", "--bundle", "unnamed.bundle", "--anchor", "anchor.jwk", "--at", "2026-03-01T13:00:00Z", post.Text);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"Issued by\s+NL-DOUANE\n", run.Output);
        Assert.Equal(0, (await post.RunAsync("bundle", "show", "unnamed.bundle", "--anchor", "anchor.jwk")).ExitCode);
    }

    [Fact]
    public async Task What_stands_around_a_text_is_cut_and_what_follows_it_is_not()
    {
        Assert.Equal(0, (await post.VerifyAsync($" \t{post.Text}\r\n")).ExitCode);
        Assert.Equal(0, (await post.VerifyWithInputAsync($"\uFEFF {post.Text} \r\n\r\n", "-")).ExitCode);
        Assert.Equal(Rejected, (await post.VerifyWithInputAsync($"{post.Text}\n{post.Text}\n", "-")).ExitCode);
        Assert.Equal(Rejected, (await post.VerifyWithInputAsync($"{post.Text}{new string('\r', 8192)}X", "-")).ExitCode);
        Assert.Equal(Rejected, (await post.VerifyWithInputAsync($"{post.Text}{new string(' ', 8192)}", "-")).ExitCode);
    }

    [Theory]
    [InlineData("NaNs")]
    [InlineData("Infinityd")]
    [InlineData("-Infinityd")]
    [InlineData("-1d")]
    [InlineData("-P1D")]
    [InlineData("79228162514264337593543950335d")]
    [InlineData("PT99999999999999999999H")]
    [InlineData("36500.1d")]
    public async Task A_duration_that_is_none_is_refused(string duration)
    {
        var run = await post.VerifyAsync($"--max-status-age={duration}", post.Text);
        Assert.Equal(Usage, run.ExitCode);
        Assert.Contains("--max-status-age", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("59m", 2)]
    [InlineData("60m", 0)]
    [InlineData("1h", 0)]
    [InlineData("3599.9s", 2)]
    [InlineData("7d", 0)]
    [InlineData("PT59M", 2)]
    [InlineData("PT1H", 0)]
    public async Task A_status_may_be_as_old_as_the_post_says(string duration, int exitCode) =>
        Assert.Equal(exitCode, (await post.VerifyAsync("--max-status-age", duration, post.Text)).ExitCode);
}
