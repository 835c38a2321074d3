using System.Diagnostics;
using System.Text.RegularExpressions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>docs/aeo.md: its table is that of the program, and its examples work.</summary>
public sealed partial class AeoPageTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/aeo.md"));

    [Fact]
    public void The_table_is_the_one_of_the_program()
    {
        var expected = AeoLifecycle.Transitions
            .GroupBy(way => (way.Act, way.To, way.By))
            .Select(ways => $"| `{ways.Key.Act.ToCode()}` | {string.Join(", ", ways.Select(way => way.From is { } from ? $"`{from.ToCode()}`" : "—"))} | `{ways.Key.To.ToCode()}` | {By(ways.Key.By)} |");
        var rows = Page.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != "| Act | From | To | By |").Skip(2).TakeWhile(line => line.StartsWith('|'));
        Assert.Equal(expected, rows);
    }

    [Fact]
    public async Task The_examples_work_one_after_the_other()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-tests-");
        try
        {
            var script = Path.Combine(folder.FullName, "examples.sh");
            await File.WriteAllTextAsync(script, "set -euo pipefail\n" + string.Join('\n', Example().Matches(Page.ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)), Cancelled);
            var start = new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["ADDRESS"] = host.Http.BaseAddress!.ToString().TrimEnd('/');
            start.Environment["TRADER"] = await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.OtherTin), "aeo.apply", PersonHost.OtherTin);
            start.Environment["OFFICER"] = await OfficerAsync(AccountRoles.AeoOfficer);
            start.Environment["APPROVER"] = await OfficerAsync(AccountRoles.Approver);
            using var bash = Process.Start(start)!;
            var (output, errors) = (bash.StandardOutput.ReadToEndAsync(Cancelled), bash.StandardError.ReadToEndAsync(Cancelled));
            await bash.WaitForExitAsync(Cancelled);
            Assert.True(bash.ExitCode == 0, await output + await errors);
            Assert.Contains("\"status\":\"granted\"", await output, StringComparison.Ordinal);
            Assert.Contains("\"state\":\"turned-down\"", await output, StringComparison.Ordinal);
            Assert.Contains("\"daysLeft\":120", await output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string By(AeoDecider deciders) => string.Join(", ", AeoCodes.Each(deciders).Select(code => code.Replace('-', ' ')));

    private async Task<string> OfficerAsync(string role)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, role);
        return await host.AccessTokenAsync(account, "aeo.decide operators.read", null);
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
