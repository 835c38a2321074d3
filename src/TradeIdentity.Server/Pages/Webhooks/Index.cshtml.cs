using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Webhooks;

namespace TradeIdentity.Server.Pages.Webhooks;

/// <summary>Where the notices of the entity are sent.</summary>
public sealed class IndexModel(OwnWebhooks own, WebhookReader reader) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    /// <summary>Null: the person administers none in this session.</summary>
    public Membership? Entity { get; private set; }

    public IReadOnlyList<Webhook> Items { get; private set; } = [];

    public bool MayAdd => Items.Count < WebhookTerms.MostWebhooks;

    public async Task OnGetAsync()
    {
        Entity = await own.EntityAsync(HttpContext.RequestAborted);
        Items = Entity is null ? [] : await reader.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted);
    }
}
