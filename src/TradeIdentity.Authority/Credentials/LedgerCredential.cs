using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Of a credential, what a change of its status needs; and where in the ledger it is.</summary>
internal sealed record LedgerCredential(string Id, string Tin, long StatusList, long StatusIndex, StatusValue Status)
{
    public static LedgerCredential Of(IssuedCredential credential) =>
        new(credential.Id.ToString(), credential.Tin, credential.StatusReference.List, credential.StatusReference.Index, credential.Status);
}
