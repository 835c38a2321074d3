using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts.IdentityProofs;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>What the discovery document says of <c>verified_claims</c> (OpenID Connect for Identity Assurance 1.0 §8).</summary>
internal static class DescribeVerifiedClaims
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.Metadata["trust_frameworks_supported"] = Of([.. TrustFrameworks.All, OrganizationClaims.TrustFramework]);
                context.Metadata["claims_in_verified_claims_supported"] = Of(VerifiedClaimNames.ScopeOf.Keys.Order(StringComparer.Ordinal));
                context.Metadata["evidence_supported"] = Of([IdentityClaims.Document, IdentityClaims.ElectronicRecord, IdentityClaims.Vouch]);
                context.Metadata["documents_supported"] = Of([.. ProofEvidence.DocumentTypes, OrganizationClaims.DocumentType]);
                context.Metadata["documents_check_methods_supported"] = Of(IdentityClaims.DocumentCheckMethods);
                context.Metadata["electronic_records_supported"] = Of([.. ProofEvidence.ElectronicTypes, OrganizationClaims.RecordType]);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500));

    private static OpenIddictParameter Of(IEnumerable<string> values) => new([.. values]);
}
