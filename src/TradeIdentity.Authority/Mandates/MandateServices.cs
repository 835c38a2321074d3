using Microsoft.Extensions.DependencyInjection;

namespace TradeIdentity.Authority.Mandates;

public static class MandateServices
{
    /// <summary>The acts on mandates. They need the services of the authority and of accounts.</summary>
    public static IServiceCollection AddMandates(this IServiceCollection services) => services
        .AddSingleton<GrantMandate>()
        .AddSingleton<AnswerMandate>()
        .AddSingleton<EndMandate>();
}
