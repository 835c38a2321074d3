using System.Globalization;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.OpenId.Certificates;

namespace TradeIdentity.Server.Hosting.Certificates;

/// <summary>
/// The section <c>MutualTls</c>: how certificates of clients come to this server (RFC 8705), and who issues them. Without the
/// section nobody is asked for one, and none that comes is looked at.
/// </summary>
internal sealed record MutualTlsSettings
{
    private const string Section = "MutualTls";

    /// <summary>Where clients with a certificate come, without a trailing slash; null: there is no mutual TLS.</summary>
    public string? BaseUrl { get; private init; }

    /// <summary>The port of this process at which connections are asked for a certificate; null: none.</summary>
    public int? Port { get; private init; }

    /// <summary>Whether <c>Client-Cert</c> of the trusted proxies is believed.</summary>
    public bool ForwardedByProxies { get; private init; }

    public ClientCertificateAuthorities Authorities { get; private init; } = ClientCertificateAuthorities.None;

    public bool IsOn => BaseUrl is not null;

    /// <exception cref="OptionsValidationException">A key of the section is wrong; the message names it.</exception>
    public static MutualTlsSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.GetChildren().Any())
        {
            return new MutualTlsSettings();
        }

        var settings = new MutualTlsSettings
        {
            BaseUrl = ReadBaseUrl(section["BaseUrl"]),
            Port = ReadPort(section["Port"]),
            ForwardedByProxies = ReadFlag(section["ForwardedByProxies"]),
            Authorities = ReadAuthorities(section.GetSection("ClientCertificateAuthorities")),
        };
        if (settings.Port is null && !settings.ForwardedByProxies)
        {
            throw Wrong("MutualTls:Port or MutualTls:ForwardedByProxies is required: else no certificate comes here.");
        }

        return settings.ForwardedByProxies && !configuration.GetSection("Server:TrustedProxies").GetChildren().Any()
            ? throw Wrong("MutualTls:ForwardedByProxies needs the proxies in Server:TrustedProxies.")
            : settings;
    }

    /// <summary>That the process listens with TLS where it is to ask for certificates.</summary>
    /// <param name="configuration">With the endpoints of Kestrel.</param>
    /// <param name="urls">Of the host, parted by semicolons.</param>
    public void CheckListening(IConfiguration configuration, string urls)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        if (Port is { } port && !urls.Split(';').Concat(endpoints).Any(address => address.Trim().StartsWith("https://", StringComparison.OrdinalIgnoreCase) && BindingAddress.Parse(address.Trim()).Port == port))
        {
            throw Wrong($"MutualTls:Port is {port}, and no https address of ASPNETCORE_URLS or Kestrel:Endpoints has that port.");
        }
    }

    private static string ReadBaseUrl(string? text) =>
        Uri.TryCreate(text?.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? text!.TrimEnd('/')
            : throw Wrong($"MutualTls:BaseUrl is '{text}'; it must be an absolute https address without query or fragment.");

    private static int? ReadPort(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port
        : throw Wrong($"MutualTls:Port is '{text}'; it must be a port, 1 to 65535.");

    private static bool ReadFlag(string? text) =>
        !string.IsNullOrEmpty(text) && (bool.TryParse(text, out var flag) ? flag : throw Wrong($"MutualTls:ForwardedByProxies is '{text}'; it must be true or false."));

    private static ClientCertificateAuthorities ReadAuthorities(IConfigurationSection section)
    {
        string[] files = section.Value is { Length: > 0 } one ? [one] : [.. section.GetChildren().Select(child => child.Value ?? "")];
        if (files.Length == 0)
        {
            return ClientCertificateAuthorities.None;
        }

        return ClientCertificateAuthorities.Read(string.Join('\n', files.Select(file => ReadFile(section.Path, file)))).TryGet(out var authorities, out var refusal)
            ? authorities
            : throw Wrong($"{section.Path}: {refusal.Detail}");
    }

    private static string ReadFile(string path, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"{path} names '{file}', which cannot be read.");
        }
    }

    private static OptionsValidationException Wrong(string failure) => new(Section, typeof(MutualTlsSettings), [failure]);
}
