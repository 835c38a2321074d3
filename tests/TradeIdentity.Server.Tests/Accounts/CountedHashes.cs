using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>The framework's hash of passwords, which notes how much work each comparison was.</summary>
public sealed class CountedHashes(IOptions<PasswordHasherOptions> options) : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher = new(options);
    private readonly Lock _lock = new();
    private readonly List<uint> _iterations = [];

    /// <summary>PBKDF2 iterations of each comparison since it was last asked.</summary>
    public IReadOnlyList<uint> TakeComparisons()
    {
        lock (_lock)
        {
            uint[] taken = [.. _iterations];
            _iterations.Clear();
            return taken;
        }
    }

    public string HashPassword(Account user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        lock (_lock)
        {
            // Version 3 of the framework's format: a marker, the function, the iterations.
            _iterations.Add(BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5)));
        }

        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
