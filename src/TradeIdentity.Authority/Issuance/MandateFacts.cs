using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>What of a mandate a credential states, in the terms of the profile.</summary>
/// <param name="Chain">As it stands now.</param>
/// <param name="Subject">Whose credential it is: the representative, or who granted it to a natural person.</param>
/// <param name="Claim">What the credential says.</param>
internal sealed record MandateFacts(MandateChain Chain, Tin Subject, MandateClaim Claim)
{
    /// <summary>Those of the mandates that exist and were accepted once, by their id.</summary>
    internal static async Task<IReadOnlyDictionary<string, MandateFacts>> ReadAsync(
        IReadOnlyCollection<string> ids, Database database, MandateReader mandates, CancellationToken cancellationToken)
    {
        var chains = (await mandates.FindManyAsync(ids, cancellationToken).ConfigureAwait(false)).Where(chain => chain.Links.All(link => link.StatusReference is not null)).ToList();
        var names = await MandateNames.ReadAsync(database, chains, cancellationToken).ConfigureAwait(false);
        return chains.ToDictionary(chain => chain.Last.Id, chain => Of(chain, names), StringComparer.Ordinal);
    }

    private static MandateFacts Of(MandateChain chain, MandateNames names)
    {
        var last = chain.Last;
        var subject = (last.Representative as MandateRepresentative.OfOperator)?.Tin;
        return new MandateFacts(chain, subject ?? last.Grantor, new MandateClaim
        {
            Representation = last.Kind == MandateKind.Direct ? Representation.Direct : Representation.Indirect,
            Links = [.. chain.Links.Select(link => new MandateLinkClaim(link.Grantor.Value, names.Of(link.Grantor), link.StatusReference!.Value))],
            Bearer = subject is null ? names.Of(last.Representative) : null,
            Limits = LimitsOf(last.Scope),
        });
    }

    // The writer puts what is a set in order.
    private static MandateLimits LimitsOf(MandateScope scope) => scope == new MandateScope() ? MandateLimits.None : new MandateLimits
    {
        Declarations = [.. scope.Declarations.Select(DeclarationCodes.Find)],
        Procedures = scope.Procedures,
        Places = scope.Places,
        Value = scope.ValueLimit?.Amount,
        Currency = scope.ValueLimit?.Currency,
    };
}
