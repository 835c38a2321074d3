using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Accounts;

/// <summary>A hash of a password that nobody knows, as slow as all others: what a password is compared with where there is no account.</summary>
public sealed class ComparisonHash
{
    public ComparisonHash(IPasswordHasher<Account> hasher) => Hash = hasher.HashPassword(Account, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    internal Account Account { get; } = new() { Id = "" };

    internal string Hash { get; }
}
