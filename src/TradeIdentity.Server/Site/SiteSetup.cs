using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Server.Pages.AeoHolder;
using TradeIdentity.Server.Pages.Credentials;
using TradeIdentity.Server.Pages.Webhooks;

namespace TradeIdentity.Server.Site;

/// <summary>The pages that people see: Razor Pages, rendered by the server, in the folder <c>Pages</c>.</summary>
internal static class SiteSetup
{
    internal static void AddSite(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiteFiles>();
        builder.Services.AddSingleton<Wording>();
        builder.Services.AddSingleton(services => new AuthorityName(services.GetRequiredService<IOptions<IssuerOptions>>().Value));
        builder.Services.AddScoped<PageSecurity>();
        builder.Services.AddScoped<SignedInAccount>();
        builder.Services.AddScoped<SignedInOfficer>();
        builder.Services.AddScoped<Asker>();
        builder.Services.AddScoped<OwnCredentials>();
        builder.Services.AddScoped<OwnAeo>();
        builder.Services.AddScoped<OwnWebhooks>();
        builder.Services.AddSingleton<SentMail>();
        builder.Services.Configure<AuthorizationOptions>(SitePolicy.AddTo);
        builder.Services.AddRazorPages(pages =>
        {
            pages.Conventions.AuthorizeFolder("/YourAccount", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Mandates", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Credentials", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Notices", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Webhooks", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Officer", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Company", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Registrars", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Successions", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Operators", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Imports", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Audit", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/Statistics", SitePolicy.SignedIn);
            pages.Conventions.AuthorizePage("/Aeo/Requests", SitePolicy.SignedIn);
            pages.Conventions.AuthorizeFolder("/AeoHolder", SitePolicy.SignedIn);
            // As the links in mails name them.
            pages.Conventions.AddPageRoute("/ConfirmEmail", "/account/confirm-email");
            pages.Conventions.AddPageRoute("/ResetPassword", "/account/reset-password");
            pages.Conventions.ConfigureFilter(new RequestSizeLimitAttribute(LargestForm));
            pages.Conventions.ConfigureFilter(new AskSecondFactor());
            pages.Conventions.AddFolderApplicationModelConvention("/Officer", page => page.Filters.Add(new OfficersOnly()));
        });
        // What is wrong with a field is said by its page, in the language of the person.
        builder.Services.Configure<MvcOptions>(mvc => mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        builder.Services.Configure<CookieTempDataProviderOptions>(kept =>
        {
            kept.Cookie.Name = builder.Environment.IsDevelopment() ? "done" : "__Host-done";
            kept.Cookie.IsEssential = true;
            kept.Cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        });
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.FormFieldName = "antiforgery";
            antiforgery.HeaderName = "X-Antiforgery";
            antiforgery.SuppressXFrameOptionsHeader = true;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            if (builder.Environment.IsDevelopment())
            {
                antiforgery.Cookie.Name = "antiforgery";
                return;
            }

            // RFC 6265bis §4.1.3.2: no other host, and no plain http, can set it.
            antiforgery.Cookie.Name = "__Host-antiforgery";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        });
    }

    /// <summary>People who ask for what is not there, or for what fails, get a page; programs get a problem. Goes before the engine.</summary>
    internal static void UseErrorPage(this WebApplication app)
    {
        app.UseWhen(Reader.IsPerson, people =>
        {
            people.UseExceptionHandler(ErrorPage);
            people.UseStatusCodePagesWithReExecute(ErrorPage, "?status={0}");
        });
        // Here and not where the platform would put it, which is first: the way to the error page is found again.
        app.UseRouting();
    }

    /// <summary>Language, and the headers that a page needs. Goes after routing and authentication.</summary>
    internal static void UsePageContext(this WebApplication app) => app.UseMiddleware<PageContextMiddleware>();

    internal static void MapSite(this WebApplication app)
    {
        app.MapRazorPages();
        app.Services.GetRequiredService<SiteFiles>().Map(app);
    }

    private const string ErrorPage = "/error";

    // The largest holds the attestation of a passkey.
    private const int LargestForm = 64 * 1024;
}
