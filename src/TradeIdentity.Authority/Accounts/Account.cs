using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Authority.Accounts;

/// <summary>A person who signs in. Changes are made through the framework's user manager, and each is audited by the store.</summary>
public sealed class Account
{
    /// <summary>32 lower-case hexadecimal digits: the <c>sub</c> of tokens, and the only thing of a person in the audit trail.</summary>
    public required string Id { get; init; }

    public string Email { get; set; } = "";

    public string NormalizedEmail { get; set; } = "";

    public bool EmailConfirmed { get; set; }

    public PersonName Name { get; set; } = new("", "");

    /// <summary>BCP 47, of the pages and mails for this person.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Of <see cref="AccountRoles"/>; none for a trader's people.</summary>
    public ImmutableSortedSet<string> Roles { get; set; } = [];

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    public string ConcurrencyToken { get; set; } = "";

    public int FailedSignIns { get; internal set; }

    public DateTimeOffset? LockedUntil { get; internal set; }

    /// <summary>An authenticator application was enrolled: a password alone no longer signs in.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>Made for a demonstration: a server in production does not start with it.</summary>
    public bool IsDemonstration { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    public bool IsOfficer => !Roles.IsEmpty;

    internal byte[]? SealedAuthenticatorKey { get; set; }

    /// <summary>Written with the next update, in its transaction.</summary>
    internal List<PasskeyChange> PasskeyChanges { get; } = [];

    /// <summary>Hashes that replace the codes there are, with the next update.</summary>
    internal IReadOnlyList<byte[]>? NewRecoveryCodes { get; set; }

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="CredentialId">Of the passkey.</param>
    /// <param name="Stored">What it is now; null removes it.</param>
    internal sealed record PasskeyChange(byte[] CredentialId, UserPasskeyInfo? Stored);
}
