using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Authority.Privacy;

/// <summary>Whose data law or duty keeps here. Of a row <c>a</c> of accounts, at <c>@Now</c>.</summary>
internal static class ErasurePolicy
{
    /// <summary>Why an account is not closed by its person, the first that is so; with the code of the refusal.</summary>
    internal static IReadOnlyList<(string Code, string Detail, string Condition)> Reasons { get; } =
    [
        ("account_of_officer", "You are an officer of the authority: your duties end first.", "a.roles <> ''"),
        ("account_acts", "You act for an entity: leave it first.", $"EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = a.id AND {Memberships.NotEnded})"),
        // Offered or accepted.
        ("account_mandated", "A mandate names you as its representative: renounce or decline it first.",
            "EXISTS (SELECT 1 FROM mandates d WHERE d.representative_account = a.id AND d.state IN (1, 2) AND d.valid_until > @Now)"),
        ("account_registers", "A registration of an entity waits: withdraw it first.",
            "EXISTS (SELECT 1 FROM entity_registrations r WHERE r.account_id = a.id AND r.state IN ('submitted', 'asked'))"),
    ];

    /// <summary>Nothing keeps the account, and it is there.</summary>
    internal static string Erasable { get; } = $"a.erased_at IS NULL AND {string.Join(" AND ", Reasons.Select(reason => $"NOT ({reason.Condition})"))}";
}
