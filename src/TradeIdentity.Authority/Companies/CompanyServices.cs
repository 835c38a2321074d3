using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.Registrations;

namespace TradeIdentity.Authority.Companies;

public static class CompanyServices
{
    /// <summary>How people come to act for legal entities. Needs the authority and the accounts.</summary>
    public static IServiceCollection AddCompanies(this IServiceCollection services)
    {
        services.AddSingleton<DeclaredEntity>();
        services.AddSingleton<ImportExtracts>();
        services.AddSingleton<FindExtract>();
        services.AddSingleton<EntityRegistrations>();
        services.AddSingleton<RegisterEntity>();
        services.AddSingleton<AnswerRegistration>();
        services.AddSingleton<RefuseRegistration>();
        services.AddSingleton<ConfirmRegistration>();
        return services;
    }
}
