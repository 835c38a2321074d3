using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>Names what giving an authorisation up takes with it, and does it.</summary>
public sealed class RelinquishModel(SignedInAccount person, OwnAeo own, Wording words) : ReasonedActPage(person, own, words, AeoAct.Relinquish, "AeoHolder.Relinquished");
