using System.Buffers.Text;
using System.Security.Cryptography;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>The secret of the link in an invitation's mail: 32 random bytes, of which the hash is kept.</summary>
internal static class InvitationToken
{
    public const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
