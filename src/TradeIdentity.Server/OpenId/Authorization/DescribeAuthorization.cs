using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What the discovery document says of persons' sign-ins beyond what the engine knows (OpenID Connect Discovery §3, Back-Channel Logout §2.1, Front-Channel Logout §3, RFC 9396 §10).</summary>
internal static class DescribeAuthorization
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.Metadata["acr_values_supported"] = new OpenIddictParameter([AcrValues.OneFactor, AcrValues.TwoFactors]);
                context.Metadata["authorization_details_types_supported"] = new OpenIddictParameter([ActingForDetail.Type]);
                context.Metadata["backchannel_logout_session_supported"] = true;
                context.Metadata["backchannel_logout_supported"] = true;
                context.Metadata["frontchannel_logout_session_supported"] = true;
                context.Metadata["frontchannel_logout_supported"] = true;
                context.Metadata["claims_parameter_supported"] = true;
                context.Metadata["claim_types_supported"] = new OpenIddictParameter(["normal"]);
                context.Metadata["ui_locales_supported"] = new OpenIddictParameter([.. SpokenLanguages.All.Select(language => language.Tag)]);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500));
}
