using System.Globalization;

namespace TradeIdentity.Authority.Webhooks;

internal static class DeliveryId
{
    /// <summary>Ascends with time (RFC 9562 §5.7).</summary>
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture);
}
