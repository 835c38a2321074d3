using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.Pages;

/// <summary>Who may learn what, as <see cref="PrivacyTable"/> says it, for people.</summary>
public sealed class PrivacyModel : PageModel;
