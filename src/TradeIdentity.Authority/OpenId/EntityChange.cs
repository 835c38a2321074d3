using OpenIddict.Abstractions;

namespace TradeIdentity.Authority.OpenId;

internal static class EntityChange
{
    /// <summary>
    /// No row carried the concurrency token that the entity was read with: someone else changed it first. Without this a
    /// code could be redeemed twice.
    /// </summary>
    public static void ThrowIfLost(int changedRows)
    {
        if (changedRows == 0)
        {
            throw new OpenIddictExceptions.ConcurrencyException("The entity was changed or deleted since it was read.");
        }
    }
}
