using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>Takes an application back before it is decided.</summary>
public sealed class WithdrawModel(SignedInAccount person, OwnAeo own, Wording words) : ReasonedActPage(person, own, words, AeoAct.Withdraw, "AeoHolder.Withdrawn");
