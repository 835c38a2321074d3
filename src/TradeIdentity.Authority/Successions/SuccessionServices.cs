using Microsoft.Extensions.DependencyInjection;

namespace TradeIdentity.Authority.Successions;

public static class SuccessionServices
{
    /// <summary>What becomes of operators, decided by two officers. Needs the authority and the accounts.</summary>
    public static IServiceCollection AddSuccessions(this IServiceCollection services) => services
        .AddSingleton<SuccessionProposals>()
        .AddSingleton<ProposeSuccession>()
        .AddSingleton<ForeseeSuccession>()
        .AddSingleton<SettleSuccession>();
}
