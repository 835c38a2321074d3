using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid audit verify</c>.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Head = new("--head")
    {
        Description = "A head that an earlier verification printed (sequence:hash): proves that nothing up to it was cut off or rewritten.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    internal static Command Create()
    {
        var verify = new Command("verify", "Verify the hash chain of the audit trail, and print its head to remember elsewhere.") { Head, Json };
        verify.SetAction((parsed, cancellationToken) => AuthorityHost.RunUnpreparedAsync(
            services => VerifyAsync(services, parsed.GetValue(Head), parsed.GetValue(Json), cancellationToken), cancellationToken));
        return new Command("audit", "The audit trail.") { verify };
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, string? head, bool json, CancellationToken cancellationToken)
    {
        if (!Parse(head).TryGet(out var expected, out var refusal))
        {
            return Answer.Refused(refusal);
        }

        var verification = await AuditTrail.VerifyAsync(services.GetRequiredService<Database>(), expected.Head, cancellationToken);
        return verification.Match(
            intact =>
            {
                var text = $"{intact.Head.Sequence.ToString(CultureInfo.InvariantCulture)}:{intact.Head.Hash}";
                Console.WriteLine(json ? JsonSerializer.Serialize(new AuditLine(true, intact.Entries, text, null, null), AuthorityJson.Default.AuditLine) : text);
                Console.Error.WriteLine($"{intact.Entries:N0} entries, intact.");
                return Answer.Done;
            },
            broken =>
            {
                if (json)
                {
                    var fault = JsonNamingPolicy.SnakeCaseLower.ConvertName(broken.Fault.ToString());
                    Console.WriteLine(JsonSerializer.Serialize(new AuditLine(false, null, null, broken.Sequence, fault), AuthorityJson.Default.AuditLine));
                }

                Console.Error.WriteLine($"Broken at entry {broken.Sequence}: {broken.Fault}.");
                return Answer.NotDone;
            });
    }

    private static Outcome<Expected> Parse(string? text)
    {
        if (text is null)
        {
            return new Expected(null);
        }

        return text.Split(':') is [var sequence, { Length: 64 } hash] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Expected(new AuditHead(number, hash))
            : new Refusal("head_malformed", "A head is as 'tradeid audit verify' prints it: sequence:hash.");
    }

    private sealed record Expected(AuditHead? Head);
}
