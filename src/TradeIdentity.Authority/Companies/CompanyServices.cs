using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Companies.Changes;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Authority.Companies.Signatures;

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
        services.AddSingleton<RegistrationDocuments>();
        services.AddSingleton<RefuseRegistration>();
        services.AddSingleton<ConfirmRegistration>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<InviteRepresentative>();
        services.AddSingleton<AnswerInvitation>();
        services.AddSingleton<ChangeRepresentative>();
        services.AddSingleton<JointActs>();
        services.AddSingleton<ProposeJointAct>();
        services.AddSingleton<SignJointAct>();
        services.AddSingleton<EntityChanges>();
        services.AddSingleton<DeclareChange>();
        services.AddSingleton<DecideChange>();
        services.AddSingleton<MasterDataReleases>();
        services.AddSingleton<ReleaseMasterData>();
        return services;
    }
}
