using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>
/// Where a person brings the code that a device shows (RFC 8628 §3.3), and learns what came of it. In between the engine finds
/// the device, and the person signs in and is asked with the code to compare.
/// </summary>
public sealed class DeviceModel(Wording words) : PageModel
{
    private const int LongestCode = 40;

    /// <summary>From the address that the device gives (§3.3.1): filled in, and still the person's to send.</summary>
    [BindProperty(Name = "user_code", SupportsGet = true)]
    public string? UserCode { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Outcome { get; set; }

    public void OnGet()
    {
        UserCode = UserCode is { Length: <= LongestCode } ? UserCode : null;
        if (Outcome == "unknown")
        {
            ModelState.AddModelError("user_code", words["Device.Wrong"]);
        }
    }
}
