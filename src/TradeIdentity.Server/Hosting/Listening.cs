using System.Net.Sockets;

namespace TradeIdentity.Server.Hosting;

/// <summary>Starts to listen, and says in one line where it cannot.</summary>
internal static class Listening
{
    // These two log a failed start with its stack trace, of which the one line is told already.
    private static readonly string[] TellFailedStarts = ["Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host"];

    /// <summary>Keeps the platform from logging a failed start; what it logs later is kept.</summary>
    internal static void QuietStart(this WebApplicationBuilder builder)
    {
        var start = new Start();
        builder.Services.AddSingleton(start);
        foreach (var category in TellFailedStarts)
        {
            builder.Logging.AddFilter(category, level => start.IsOver && level >= LogLevel.Warning);
        }
    }

    internal static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
            app.Services.GetRequiredService<Start>().IsOver = true;
        }
        catch (Exception failure) when (failure is IOException or SocketException or FormatException or ArgumentOutOfRangeException { ParamName: "port" } or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new AddressUnavailableException(failure.Message, failure);
        }
    }

    private sealed class Start
    {
        internal volatile bool IsOver;
    }
}
