using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.OpenId.Limits;

internal static class LimitsSetup
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A key of <c>RateLimits</c> is wrong; the message names it.</exception>
    internal static void AddProtocolLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new ProtocolLimits(AuthorityConfiguration.ReadRateLimits(configuration)));
        services.AddSingleton<SharedCounts>();
        services.AddHostedService<ShareCounts>();
    }
}
