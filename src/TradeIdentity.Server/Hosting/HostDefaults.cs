using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Server.Demonstration;
using TradeIdentity.Server.Hosting.Certificates;

namespace TradeIdentity.Server.Hosting;

/// <summary>How the process listens, logs and is configured, in Development and in production.</summary>
internal static class HostDefaults
{
    private const string DefaultAddress = "http://localhost:5080";

    internal static void AddHostDefaults(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            // Lowest of all: whatever is configured wins.
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
            {
                InitialData = AuthorityConfiguration.DevelopmentDefaults.Concat(DemonstrationClient.Configuration(builder.Environment.ContentRootPath)),
            });
        }

        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        KnownConfiguration.Check(builder.Configuration);
        RefusePlainHttp(builder);
        var mutualTls = MutualTlsSettings.Read(builder.Configuration);
        mutualTls.CheckListening(builder.Configuration, Urls(builder));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            if (mutualTls.Port is { } port)
            {
                kestrel.AskAt(port);
            }
        });
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole();
        }

        // The framework logs addresses with their queries at Information.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.QuietStart();
    }

    internal static void UseHostDefaults(this WebApplication app)
    {
        // Before the next: it looks at who is connected.
        app.UseMiddleware<TakeForwardedCertificate>(new TrustedProxies(TrustedProxies(app.Configuration)));
        if (TrustedProxies(app.Configuration) is { Count: > 0 } proxies)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            proxies.ForEach(forwarded.KnownProxies.Add);
            app.UseForwardedHeaders(forwarded);
        }

        app.Use(static (context, next) =>
        {
            // At the last moment: an answer to a failure starts from none.
            context.Response.OnStarting(static response => Secure((HttpResponse)response), context.Response);
            return next(context);
        });
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }
    }

    private static Task Secure(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.TryAdd("Referrer-Policy", "no-referrer");

        // What is not a page shows nothing of its own; a page names what it needs.
        if (response.Headers.ContentSecurityPolicy.Count == 0)
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        }

        // What an endpoint does not call cacheable is for its reader alone.
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    // In production plain http is for a TLS proxy that is named, and for nobody else.
    private static void RefusePlainHttp(WebApplicationBuilder builder)
    {
        var urls = Urls(builder);
        if (!builder.Environment.IsDevelopment()
            && urls.Split(';').Any(url => url.Trim().StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            && TrustedProxies(builder.Configuration).Count == 0)
        {
            throw new OptionsValidationException("Server", typeof(HostDefaults),
                ["ASPNETCORE_URLS is plain http outside Development: give an https address, or name the TLS proxy in front in Server:TrustedProxies:0."]);
        }
    }

    private static string Urls(WebApplicationBuilder builder) =>
        builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) ?? builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? "";

    private static List<IPAddress> TrustedProxies(IConfiguration configuration) =>
        [.. configuration.GetSection("Server:TrustedProxies").GetChildren().Select(proxy => IPAddress.TryParse(proxy.Value, out var address)
            ? address
            : throw new OptionsValidationException("Server", typeof(HostDefaults), [$"{proxy.Path} is '{proxy.Value}'; it must be an IP address."]))];
}
