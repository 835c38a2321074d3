using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Notices;

/// <summary>Whom a notice is for, as it is stored.</summary>
internal static class NoticeHolder
{
    private const string Operator = "operator:";
    private const string Account = "account:";

    public static string Of(Tin tin) => OfTin(tin.Value);

    /// <summary>Of a TIN out of the database.</summary>
    public static string OfTin(string tin) => Operator + tin;

    public static string Of(string accountId) => Account + accountId;

    /// <summary>Null: it is a person.</summary>
    public static string? TinOf(string holder) => holder.StartsWith(Operator, StringComparison.Ordinal) ? holder[Operator.Length..] : null;

    /// <summary>Null: it is an operator.</summary>
    public static string? AccountOf(string holder) => holder.StartsWith(Account, StringComparison.Ordinal) ? holder[Account.Length..] : null;
}
