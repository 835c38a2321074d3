using Dapper;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
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
        IReadOnlyCollection<string> ids, Database database, MandateReader mandates, OperatorReader operators, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, MandateFacts>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await mandates.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } chain && chain.Links.All(link => link.StatusReference is not null))
            {
                facts[id] = await OfAsync(chain, database, operators, cancellationToken).ConfigureAwait(false);
            }
        }

        return facts;
    }

    private static async Task<MandateFacts> OfAsync(MandateChain chain, Database database, OperatorReader operators, CancellationToken cancellationToken)
    {
        var last = chain.Last;
        var grantors = await operators.FindManyAsync(database, [.. chain.Links.Select(link => link.Grantor)], cancellationToken).ConfigureAwait(false);
        var bearer = last.Representative is MandateRepresentative.OfPerson person
            ? await NameOfAsync(database, person.AccountId, cancellationToken).ConfigureAwait(false)
            : null;
        return new MandateFacts(chain, (last.Representative as MandateRepresentative.OfOperator)?.Tin ?? last.Grantor, new MandateClaim
        {
            Representation = last.Kind == MandateKind.Direct ? Representation.Direct : Representation.Indirect,
            Links = [.. chain.Links.Select(link => new MandateLinkClaim(link.Grantor.Value, grantors[link.Grantor].LegalName, link.StatusReference!.Value))],
            Bearer = bearer,
            Limits = LimitsOf(last.Scope),
        });
    }

    private static MandateLimits LimitsOf(MandateScope scope) => scope == new MandateScope() ? MandateLimits.None : new MandateLimits
    {
        Declarations = [.. scope.Declarations.Select(DeclarationCodes.Find).Order()],
        Procedures = [.. scope.Procedures.Order(StringComparer.Ordinal)],
        Places = [.. scope.Places.Order(StringComparer.Ordinal)],
        Value = scope.ValueLimit?.Amount,
        Currency = scope.ValueLimit?.Currency,
    };

    private static Task<string?> NameOfAsync(Database database, string accountId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT trim(given_name || ' ' || family_name) FROM accounts WHERE id = @accountId", new { accountId }, cancellationToken: cancellationToken)),
        cancellationToken);
}
