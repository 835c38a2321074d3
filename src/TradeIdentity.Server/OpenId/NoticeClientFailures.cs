using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>Leaves in the audit trail that a client failed to authenticate, once the error has its name.</summary>
internal sealed class NoticeClientFailures(RecordClientFailure record) : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessErrorContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ProcessErrorContext>(handler => handler.UseScopedHandler<NoticeClientFailures>().SetOrder(int.MinValue + 1));

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessErrorContext context)
    {
        if (context.Error == OpenIddictConstants.Errors.InvalidClient)
        {
            await record.ExecuteAsync(context.Transaction.Request?.ClientId, context.CancellationToken);
        }
    }
}
