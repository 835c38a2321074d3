using System.Collections.Frozen;
using System.Reflection;

namespace TradeIdentity.Authority.Accounts.Passwords;

/// <summary>
/// The long passwords that people choose first: what stands guard where no list of breached ones was installed. Written by
/// hand, and short, since nothing below the least length needs to be in it.
/// </summary>
internal static class CommonPasswords
{
    private const string Resource = "TradeIdentity.Authority.Accounts.Passwords.common-passwords.txt";

    // A unit of up to four characters said again and again.
    private const int LongestUnit = 4;

    private static readonly FrozenSet<string> Listed = Read();

    public static bool Contains(string password)
    {
        var plain = new string([.. password.Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        return Listed.Contains(plain) || IsRepetition(password) || IsRun(plain);
    }

    private static bool IsRepetition(string text) =>
        Enumerable.Range(1, Math.Min(LongestUnit, text.Length)).Any(unit => Enumerable.Range(unit, text.Length - unit).All(at => text[at] == text[at - unit]));

    // abcdefghijkl, 987654321098
    private static bool IsRun(string text) =>
        text.Length > 1 && Math.Abs(Step(text, 1)) <= 1 && Enumerable.Range(1, text.Length - 1).All(at => Step(text, at) == Step(text, 1));

    private static int Step(string text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at - 1]) ? ((text[at] - text[at - 1] + 15) % 10) - 5 : text[at] - text[at - 1];

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal);
    }
}
