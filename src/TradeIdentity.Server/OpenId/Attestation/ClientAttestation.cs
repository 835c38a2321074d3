using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>An attestation and the proof of its key (draft 10 §4, §5.1) that were found good.</summary>
/// <param name="ClientId">The client that it attests.</param>
/// <param name="Thumbprint">Of the key of the client's instance (RFC 7638, SHA-256).</param>
/// <param name="Jti">Of the proof.</param>
internal sealed record ClientAttestation(string ClientId, string Thumbprint, string Jti)
{
    internal const string Header = "OAuth-Client-Attestation";
    internal const string ProofHeader = "OAuth-Client-Attestation-PoP";
    internal const string ChallengeHeader = "OAuth-Client-Attestation-Challenge";

    /// <summary>That of this request; null where the client did not authenticate so.</summary>
    internal static ClientAttestation? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<ClientAttestation>(typeof(ClientAttestation).FullName!);

    internal void KeepIn(OpenIddictServerTransaction transaction) => transaction.SetProperty(typeof(ClientAttestation).FullName!, this);
}
