using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Server.Accounts;

/// <summary>What is asked of passkeys: made and used on this authority's own address, found without a name, with the user verified.</summary>
internal static class PasskeyPolicy
{
    internal static void Configure(IdentityPasskeyOptions passkeys, IConfiguration configuration, IHostEnvironment environment)
    {
        passkeys.ResidentKeyRequirement = "required";
        passkeys.UserVerificationRequirement = "required";
        // Which make of authenticator a person uses is not asked.
        passkeys.AttestationConveyancePreference = "none";
        if (!Uri.TryCreate(configuration["Issuer:BaseUrl"], UriKind.Absolute, out var issuer))
        {
            return;
        }

        // WebAuthn §5.1.2: the domain is of the configuration; what a request calls its host is the sender's word.
        passkeys.ServerDomain = issuer.Host;
        passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOwn(context.Origin, issuer, environment.IsDevelopment()));
    }

    // In Development the port is often another than the configured one.
    private static bool IsOwn(string origin, Uri issuer, bool anyPort) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == issuer.Scheme && from.Host == issuer.Host && (anyPort || from.Port == issuer.Port);
}
