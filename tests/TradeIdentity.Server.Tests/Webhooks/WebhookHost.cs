using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.Outbound;

namespace TradeIdentity.Server.Tests.Webhooks;

/// <summary>The server, in a network where every name leads to one receiver of webhooks.</summary>
public sealed class WebhookHost : PersonHost
{
    private readonly TlsSite _site = new();
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    /// <summary>What the receiver answers, until it is set otherwise.</summary>
    public int Status { get; set; } = StatusCodes.Status202Accepted;

    public override async ValueTask InitializeAsync()
    {
        await _site.StartAsync(AnswerAsync);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _site.DisposeAsync();
    }

    /// <summary>The next message that arrives.</summary>
    public async Task<Received> NextAsync(CancellationToken cancellationToken) => await _received.Reader.ReadAsync(cancellationToken);

    protected override void Register(IServiceCollection services) => services.AddSingleton(_site.Network);

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await _received.Writer.WriteAsync(
            new Received(context.Request.Method, $"https://{context.Request.Host}{context.Request.Path}", context.Request.ContentType, await body.ReadToEndAsync(context.RequestAborted)),
            context.RequestAborted);
        context.Response.StatusCode = Status;
        context.Response.Headers.Location = "https://elsewhere.example/";
    }

    public sealed record Received(string Method, string Address, string? ContentType, string Body);
}
