using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>Who may do what with the webhooks of an operator: its administrators, all; others, nothing.</summary>
public sealed class WebhookTerms(Memberships memberships)
{
    /// <summary>Of one operator.</summary>
    public const int MostWebhooks = 5;

    /// <summary>Longer addresses are refused.</summary>
    public const int LongestAddress = 500;

    public static Refusal NotAdministrator { get; } = new("webhook_administrator_required", "This is an act of an administrator of the entity, acting for it.");

    public static Refusal Unknown { get; } = new("webhook_unknown", "There is no webhook with this id.");

    /// <summary>Whether the person is one of the operator's administrators now; each act asks it again in its transaction.</summary>
    public async Task<bool> MayAsync(string accountId, Tin tin, CancellationToken cancellationToken) =>
        (await memberships.FindAsync(accountId, tin, cancellationToken).ConfigureAwait(false))?.Roles.Contains(MembershipRoles.Administrator) == true;

    internal static bool IsAddress(string text) => text.Length <= LongestAddress && RedirectAddress.IsPage(text, allowsThisMachine: false);

    internal static async Task<bool> MayAsync(WriteTransaction tx, string accountId, Tin tin, DateTimeOffset now) =>
        await Memberships.RolesAsync(tx, accountId, tin, now).ConfigureAwait(false) is { } roles && roles.Contains(MembershipRoles.Administrator);
}
