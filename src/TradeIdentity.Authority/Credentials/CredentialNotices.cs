using System.Globalization;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Tells the holder of an act on one credential alone, in its transaction. What follows from an AEO decision is told with the decision.</summary>
internal static class CredentialNotices
{
    /// <param name="tx">The transaction of the act.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="kind">What became of it, e.g. <c>credential-suspended</c>.</param>
    /// <param name="ground">On what ground.</param>
    /// <param name="now">The time of the act.</param>
    internal static Task<int> GiveAsync(WriteTransaction tx, IssuedCredential credential, string kind, string ground, DateTimeOffset now) => GiveNotice.ExecuteAsync(
        tx,
        [NoticeHolder.OfTin(credential.Tin)],
        kind,
        credential.Id.ToString(),
        [
            new("type", credential.Type.ToString(CultureInfo.InvariantCulture)),
            new("until", NoticeWords.Write(credential.ExpiresAt)),
            new("ground", ground),
        ],
        now);
}
