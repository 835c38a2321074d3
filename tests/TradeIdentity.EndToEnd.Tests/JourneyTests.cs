using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests;

public sealed class JourneyTests(Journey journey) : IClassFixture<Journey>
{
    private const int Accepted = 0;
    private const int Rejected = 1;
    private const int Undetermined = 2;

    [Fact]
    public void The_server_says_where_to_go_next_and_ends_when_it_is_asked_to()
    {
        Assert.Contains("/openapi/v1.json", journey.FirstServer.Output, StringComparison.Ordinal);
        Assert.Contains("/trust/anchor", journey.FirstServer.Output, StringComparison.Ordinal);
        Assert.Contains("data/demonstration-client.secret", journey.FirstServer.Output, StringComparison.Ordinal);
        Assert.Equal(0, journey.FirstServer.ExitCode);
        Assert.Empty(journey.FirstServer.Error);
    }

    [Fact]
    public void No_log_line_names_a_trader_or_holds_a_credential()
    {
        Assert.DoesNotContain(Journey.Tin, journey.FirstServer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TI1:", journey.FirstServer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operator_is_registered()
    {
        Assert.Equal(0, journey.Import.ExitCode);
        var line = Assert.Single(Lines(journey.Import.Output));
        Assert.Equal((1, Journey.Tin, "created"), (line.GetProperty("line").GetInt32(), line.GetProperty("tin").GetString(), line.GetProperty("outcome").GetString()));
    }

    [Fact]
    public void The_credential_is_issued()
    {
        Assert.Equal(0, journey.Issue.ExitCode);
        Assert.StartsWith("TI1:", journey.QrText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_is_read_by_another_program()
    {
        Assert.SkipWhen(journey.TextOfPicture is null, "zbarimg is not installed.");
        Assert.Equal(journey.QrText, journey.TextOfPicture);
    }

    [Fact]
    public void Without_a_network_it_is_accepted()
    {
        Assert.Equal(0, journey.FirstFetch.ExitCode);
        var verdict = Verdict(Accepted, "accepted", null, journey.AcceptedOffline);
        Assert.Equal(Journey.Tin, verdict.GetProperty("credential").GetProperty("tin").GetString());
        Assert.Equal("valid", verdict.GetProperty("status").GetProperty("value").GetString());
        Assert.Equal("none", verdict.GetProperty("holderBinding").GetString());
        Assert.Equal(Accepted, journey.AcceptedForPeople.ExitCode);
        Assert.StartsWith("(✓) ACCEPTED", journey.AcceptedForPeople.Output, StringComparison.Ordinal);
        Assert.Contains("Example Bulb Traders B.V.", journey.AcceptedForPeople.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_start_finds_its_keys_and_its_data()
    {
        Assert.Equal(journey.Anchors.First, journey.Anchors.Second);
        Assert.Equal(journey.Operators.First, journey.Operators.Second);
        Assert.Contains(Journey.Tin, journey.Operators.Second, StringComparison.Ordinal);
    }

    [Fact]
    public void Revoked_and_with_a_new_bundle_it_is_rejected()
    {
        Assert.Equal(0, journey.SecondFetch.ExitCode);
        Verdict(Rejected, "rejected", "revoked", journey.Revoked);
    }

    [Fact]
    public void With_a_status_too_old_it_is_undetermined() => Verdict(Undetermined, "undetermined", "status_stale", journey.Stale);

    [Fact]
    public void With_one_character_changed_it_is_rejected()
    {
        Assert.Equal(Rejected, journey.Flipped.ExitCode);
        Assert.Equal("rejected", Assert.Single(Lines(journey.Flipped.Output)).GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_delta_on_the_old_bundle_tells_of_the_revocation()
    {
        Assert.Equal(0, journey.DeltaApplied.ExitCode);
        Verdict(Rejected, "rejected", "revoked", journey.RevokedByDelta);
    }

    [Fact]
    public void An_older_bundle_put_in_the_place_of_a_newer_is_noticed() => Verdict(Undetermined, "undetermined", "bundle_rollback", journey.RolledBack);

    [Fact]
    public void The_audit_trail_of_it_all_is_intact() => Assert.Equal(0, journey.Audit.ExitCode);

    private static JsonElement Verdict(int exitCode, string verdict, string? reason, ProgramRun run)
    {
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Output}{run.Error}");
        var judged = Assert.Single(Lines(run.Output));
        Assert.Equal(verdict, judged.GetProperty("verdict").GetString());
        Assert.Equal(reason, judged.TryGetProperty("reason", out var given) ? given.GetString() : null);
        return judged;
    }

    private static List<JsonElement> Lines(string ndjson) =>
        [.. ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        })];
}
