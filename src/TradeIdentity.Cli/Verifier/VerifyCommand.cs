using System.CommandLine;
using System.Globalization;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary><c>tradeid verify</c>: the verdict of a credential, with no network.</summary>
internal static class VerifyCommand
{
    internal const string Name = "verify";

    private static readonly Argument<string?> Token = new("text")
    {
        Description = "The text of the QR code; - reads it from standard input. With --batch: a file of texts, one a line.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Bundle = new("--bundle") { Description = "The trust bundle file; see tradeid bundle fetch.", Required = true };
    private static readonly Option<string?> Anchor = new("--anchor") { Description = "The trust anchor, where none is pinned for the bundle." };
    private static readonly Option<string?> At = new("--at") { Description = "Judge for this time (RFC 3339), e.g. 2026-03-01T09:30:00Z; now by default." };
    private static readonly Option<string?> MaxStatusAge = new("--max-status-age") { Description = "How old the status may be: 90s, 15m, 36h, 7d or ISO 8601. By default until the bundle's next update is due." };
    private static readonly Option<string?> Image = new("--image") { Description = "Read the QR code from this PNG file." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the verdict as JSON." };
    private static readonly Option<bool> Batch = new("--batch") { Description = "Judge a text a line, and print a JSON verdict a line, in order, on all cores." };

    internal static Command Create()
    {
        var command = new Command(Name,
            "Judge a credential from its QR code, with no network. Exit code: 0 accepted, 1 rejected, 2 undetermined, 64 wrong call. Example: tradeid verify --bundle trust.bundle --image aeo.png. In a script give the text to standard input, or behind --: tradeid verify --bundle trust.bundle -- \"$TEXT\"")
        {
            Token, Bundle, Anchor, At, MaxStatusAge, Image, Json, Batch,
        };
        command.SetAction((parsed, cancellationToken) => Edge.RunAsync(() => ExecuteAsync(parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var policy = new VerificationPolicy { MaxStatusAge = ReadMaxStatusAge(parsed.GetValue(MaxStatusAge)) };
        var at = ReadTime(parsed.GetValue(At));
        var failure = BundleInput.Load(parsed.GetRequiredValue(Bundle), parsed.GetValue(Anchor), out var bundle);
        Judge judge = bundle is null
            ? _ => Verdict.WithoutBundle(failure, at())
            : text => OfflineVerifier.Verify(text, bundle, at(), policy);
        if (parsed.GetValue(Batch))
        {
            if (parsed.GetValue(Image) is not null)
            {
                throw new UsageException("--batch reads texts, a line each: it takes no --image.");
            }

            return await BatchVerification.ExecuteAsync(parsed.GetValue(Token), judge, cancellationToken);
        }

        var verdict = judge(ReadToken(parsed.GetValue(Token), parsed.GetValue(Image)));
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(verdict.ToJson());
        }
        else
        {
            VerdictText.Write(verdict, Console.Out, colour: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null);
        }

        return ExitCode(verdict);
    }

    internal static int ExitCode(Verdict verdict) =>
        verdict.Match(_ => ExitCodes.Accepted, _ => ExitCodes.Rejected, _ => ExitCodes.Undetermined);

    private static string ReadToken(string? argument, string? image) => (argument, image) switch
    {
        (null, null) => throw new UsageException("Give the text of the QR code, --image FILE, or - for standard input."),
        (not null, not null) => throw new UsageException("Give the text or --image, not both."),
        (null, not null) => QrPicture.Read(image),
        ("-", null) => TokenText.ReadStandardInput(),
        _ => TokenText.Trim(argument),
    };

    private static Func<DateTimeOffset> ReadTime(string? text)
    {
        if (text is null)
        {
            return TimeProvider.System.GetUtcNow;
        }

        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            && (text.EndsWith('Z') || text[^6] is '+' or '-')
            ? () => at
            : throw new UsageException("--at must be a time of RFC 3339 with its zone, e.g. 2026-03-01T09:30:00Z.");
    }

    private static TimeSpan? ReadMaxStatusAge(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Duration.TryParse(text, out var duration)
            ? duration
            : throw new UsageException("--max-status-age must be a duration such as 90s, 15m, 36h, 7d or PT36H.");
    }
}

/// <summary>Gives the verdict of one text; safe for many threads.</summary>
internal delegate Verdict Judge(ReadOnlySpan<char> text);
