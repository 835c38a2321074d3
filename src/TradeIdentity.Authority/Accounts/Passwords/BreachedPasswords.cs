using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Authority.Accounts.Passwords;

/// <summary>
/// Tells passwords that were in a breach, from a copy of the Pwned Passwords ranges on this machine: nothing of a password
/// leaves it. The path is a folder with a file for each range (<c>21BD1</c> or <c>21BD1.txt</c>, lines <c>suffix:count</c>,
/// as the service answers and its downloader stores them), or one file of whole hashes in order (<c>hash:count</c>).
/// </summary>
public sealed class BreachedPasswords
{
    private const int PrefixLength = 5;
    private const int HashLength = 40;

    // A range of the real list has about 2,000 lines of 40 characters.
    private const int LongestRange = 1 << 20;

    // "hash:count" and its line end.
    private const int LongestLine = 64;

    private readonly string? _path;

    private BreachedPasswords(string? path) => _path = path;

    /// <summary>Refused where the path is given and not there; without one, nothing is known to be breached.</summary>
    public static Outcome<BreachedPasswords> Open(string? path) =>
        string.IsNullOrEmpty(path) || Directory.Exists(path) || File.Exists(path)
            ? new BreachedPasswords(string.IsNullOrEmpty(path) ? null : path)
            : new Refusal("configuration_invalid", $"Accounts:BreachedPasswords names {path}, which is neither a folder nor a file.");

    /// <exception cref="IOException">The list cannot be read.</exception>
    public bool Contains(string password)
    {
        if (_path is null)
        {
            return false;
        }

        var hash = Hash(password);
        return Directory.Exists(_path) ? InRange(Path.Combine(_path, hash[..PrefixLength]), hash[PrefixLength..]) : InFile(_path, hash);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The list is of SHA-1 hashes; nothing is kept under this one.")]
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));

    private static bool InRange(string range, string suffix)
    {
        var file = new[] { range, $"{range}.txt" }.FirstOrDefault(File.Exists);
        return file is not null && new FileInfo(file).Length <= LongestRange
            && File.ReadLines(file).Any(line => line.StartsWith(suffix, StringComparison.OrdinalIgnoreCase) && IsCounted(line.AsSpan(suffix.Length)));
    }

    // The service pads ranges with suffixes that count 0.
    private static bool IsCounted(ReadOnlySpan<char> rest) => rest.StartsWith(":") && !rest[1..].Trim().SequenceEqual("0");

    // A search by halves through a file of many gigabytes: lines differ in length, so each half begins at its next line.
    private static bool InFile(string path, string hash)
    {
        using var file = File.OpenHandle(path);
        var (low, high) = (0L, RandomAccess.GetLength(file));
        Span<byte> read = stackalloc byte[2 * LongestLine];
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = middle == 0 ? 0 : middle - 1;
            var line = Encoding.ASCII.GetString(read[..RandomAccess.Read(file, read, start)]);
            var begin = middle == 0 ? 0 : line.IndexOf('\n', StringComparison.Ordinal) + 1;
            if (line.Length - begin < HashLength || (middle > 0 && begin == 0) || start + begin >= high)
            {
                high = middle;
                continue;
            }

            var compared = string.Compare(hash, 0, line, begin, HashLength, StringComparison.OrdinalIgnoreCase);
            if (compared == 0)
            {
                return true;
            }

            (low, high) = compared < 0 ? (low, middle) : (start + begin + HashLength, high);
        }

        return false;
    }
}
