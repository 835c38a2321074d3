using System.Globalization;

namespace TradeIdentity.Authority.Storage;

/// <summary>Ids of rows that are listed newest first: they begin with their time and ascend with it (RFC 9562 §5.7). 32 hexadecimal digits.</summary>
internal static class TimeOrderedId
{
    // 48 bits of milliseconds.
    private const int TimeDigits = 12;

    public static string New(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Before every id of this time, and after every id of an earlier one.</summary>
    public static string FirstOf(DateTimeOffset at) => New(at)[..TimeDigits];
}
