using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Learns that sessions ended, in the transaction that ends them: what it writes is there exactly when the end is.</summary>
public interface IFollowSessionEnds
{
    Task OnEndedAsync(WriteTransaction tx, string accountId, IReadOnlyList<string> sids);
}
