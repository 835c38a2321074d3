using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Keys;

/// <summary>The 32 bytes of the configuration that encrypt private keys at rest.</summary>
public sealed class KeyEncryptionKey
{
    public const int Length = 32;

    /// <summary>Name of the file that a first start in Development makes; a server in production refuses it.</summary>
    public const string DevelopmentFileName = "development-encryption.key";

    // Relative to the content root, like the database beside it.
    private const string DevelopmentFile = $"data/{DevelopmentFileName}";

    private readonly byte[] _key;

    private KeyEncryptionKey(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>
    /// Takes <c>Keys:EncryptionKey</c>, else the file of <c>Keys:EncryptionKeyFile</c>. In Development a missing file
    /// (of that name, or of a default one) is created, readable by its owner alone; elsewhere that is refused. A relative
    /// file name is relative to <paramref name="contentRoot"/>.
    /// </summary>
    public static Outcome<KeyEncryptionKey> Load(KeysOptions options, bool isDevelopment, string contentRoot)
    {
        if (options.EncryptionKey.Length > 0)
        {
            return Parse(options.EncryptionKey, "Keys:EncryptionKey");
        }

        var file = options.EncryptionKeyFile.Length > 0 ? options.EncryptionKeyFile : isDevelopment ? DevelopmentFile : null;
        if (file is null)
        {
            return Refused("Keys:EncryptionKey is missing: give 32 random bytes in Base64 (openssl rand -base64 32), or Keys:EncryptionKeyFile.");
        }

        try
        {
            return FromFile(Path.GetFullPath(file, contentRoot), isDevelopment);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refused($"The file of Keys:EncryptionKeyFile cannot be read: {unreadable.Message}");
        }
    }

    private static Outcome<KeyEncryptionKey> FromFile(string path, bool isDevelopment)
    {
        if (isDevelopment && !File.Exists(path))
        {
            CreateFile(path);
        }

        return File.Exists(path)
            ? Parse(File.ReadAllText(path).Trim(), "The file of Keys:EncryptionKeyFile")
            : Refused($"The file of Keys:EncryptionKeyFile is missing: {path}");
    }

    private static void CreateFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Instances of a developer that start together take turns: two keys would be one too many.
        using var turn = new Mutex(initiallyOwned: false, $"TradeIdentity-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}");
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // The other died in its turn, which is ours now: its file is moved into place whole, or is not there.
        }

        try
        {
            WriteFile(path);
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private static void WriteFile(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var aside = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(aside, owner))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        }

        File.Move(aside, path, overwrite: false);
    }

    private static Outcome<KeyEncryptionKey> Parse(string base64, string source)
    {
        var key = new byte[Length];
        // One character too many is refused too: the buffer would be too small.
        return Convert.TryFromBase64String(base64, key, out var written) && written == Length
            ? new KeyEncryptionKey(key)
            : Refused($"{source} must be {Length} bytes in Base64.");
    }

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
