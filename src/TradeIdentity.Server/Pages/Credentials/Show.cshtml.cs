using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>One credential: the card, what it is worth now, and what can be done with it.</summary>
public sealed class ShowModel(OwnCredentials own, ProgrammeCatalogue programmes, IOptions<IssuerOptions> issuer, TimeProvider time, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    /// <summary>Why there was no card.</summary>
    [TempData]
    public string? Fault { get; set; }

    public ShownCredential Credential { get; private set; } = null!;

    /// <summary>What its QR code holds.</summary>
    public string QrText { get; private set; } = "";

    public bool MayReplace { get; private set; }

    public bool MayReport => Credential.State is CredentialState.Valid or CredentialState.Suspended;

    /// <summary>Where anyone verifies it, as it is printed.</summary>
    public string VerifyAddress => issuer.Value.BaseUrl;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.FindAsync(context.RouteData.Values["id"], HttpContext.RequestAborted) is not var (entity, credential))
        {
            context.Result = NotFound();
            return;
        }

        QrText = credential.QrText;
        Credential = ShownCredential.Of(credential, programmes, words, time.GetUtcNow());
        MayReplace = Credential.State == CredentialState.Valid && OwnCredentials.MayObtain(entity);
        await next();
    }

    public void OnGet()
    {
    }
}
