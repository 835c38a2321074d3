using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Credentials.Uses;

namespace TradeIdentity.Authority.Issuance;

public static class HolderServices
{
    /// <summary>What a holder does with credentials of its own. It needs the services of the authority and of accounts.</summary>
    public static IServiceCollection AddHoldersCredentials(this IServiceCollection services) => services
        .AddSingleton<ObtainCredential>()
        .AddSingleton<ReplaceCredential>()
        .AddSingleton<ReportCredentialLost>()
        .AddSingleton<UseNotices>()
        .AddSingleton<TellOfUse>();
}
