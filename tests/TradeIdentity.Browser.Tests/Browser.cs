using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>
/// The whole server in this process, with demonstration data, and one headless Chromium before it. The tests are skipped
/// where no Chromium is installed.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    // Chromium's own errands fail on a machine without a way out, and nothing of them is tested here.
    private static readonly string[] Quiet =
        ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-gpu", "--no-sandbox"];

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>localhost by name: passkeys need a name, and browsers take this one for safe without TLS.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The messages that the server has sent, one file each. What is being written is none yet: a Maildir moves it to <c>new</c> when it is whole.</summary>
    public IReadOnlyList<string> Mails => Path.Combine(_folder, "data", "mail", "new") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    /// <summary>The people of the demonstration and their passwords, as the start page names it.</summary>
    public string AccountsFile => Path.Combine(_folder, "data", "demonstration-accounts.txt");

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        if (Installed() is not { } program)
        {
            return;
        }

        var port = FreePort();
        Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        _app = Server.Program.Build([
            "--environment", "Development", "--contentRoot", _folder, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "--Issuer:BaseUrl", Address,
            "--Storage:Provider", "Sqlite", "--Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "data", "server.db")}",
        ]);
        await Server.Program.StartAsync(_app);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Quiet });
    }

    /// <summary>A fresh profile: no cookies, and what <paramref name="options"/> say.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_chromium is null, "No Chromium is installed (Debian: chromium).");
        options ??= new BrowserNewContextOptions();
        options.BaseURL = Address;
        options.Locale ??= "en-GB";
        var context = await _chromium.NewContextAsync(options);
        context.SetDefaultTimeout(10_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Programs, Path.Combine).FirstOrDefault(File.Exists);

    // The server must know its own address before it listens.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
