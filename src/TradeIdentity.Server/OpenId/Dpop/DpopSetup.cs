using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>Demonstrating proof of possession (RFC 9449), at the server and at its API.</summary>
internal static class DpopSetup
{
    public static void AddDpop(this IServiceCollection services)
    {
        services.AddSingleton<DpopNonces>();
        services.AddSingleton<CheckDpopProof>();
        services.AddSingleton<PassProofOnce>();
        services.AddSingleton<CheckPossession>();
    }

    public static void Register(OpenIddictServerBuilder server)
    {
        ProveAtServer.Register(server);
        NameKey.Register(server);
        BindToKey.Register(server);
        RequirePossessionAtServer.Register(server);
        PresentAtUserInfo.Register(server);
        DescribeDpop.Register(server);
    }
}
