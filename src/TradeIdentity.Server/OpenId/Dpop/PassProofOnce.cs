using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>RFC 9449 §11.1: a proof is good once, on whichever instance. The one row that DPoP costs.</summary>
internal sealed class PassProofOnce(ReplayGuard replays)
{
    public async Task<Refusal?> ExecuteAsync(DpopProof proof, CancellationToken cancellationToken) =>
        await replays.TryPassAsync("dpop", proof.Thumbprint, proof.Jti, proof.AcceptableUntil, cancellationToken)
            ? null
            : new Refusal(CheckDpopProof.Invalid, "The DPoP proof was used before.");
}
