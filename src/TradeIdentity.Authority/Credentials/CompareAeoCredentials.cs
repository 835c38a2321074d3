using Dapper;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Compares what an operator's AeoStatus credentials state with what the register says, of one day.</summary>
public sealed class CompareAeoCredentials(Database database, TimeProvider time)
{
    public async Task<AeoCredentialsInUse> ExecuteAsync(Operator @operator, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var facts = CredentialFacts.AeoComponents(@operator, DateOnly.FromDateTime(now.UtcDateTime));
        var valid = await AeoStatusCredentials.ValidAsync(database, @operator.Tin, now, cancellationToken).ConfigureAwait(false);
        var isStated = facts.All(claim => claim.Status != AeoComponentStatus.Granted) || valid.Exists(claims => claims.OrderBy(claim => claim.Component).SequenceEqual(facts));
        return new AeoCredentialsInUse(valid.Count, !isStated && await HadOneAsync(@operator, cancellationToken).ConfigureAwait(false));
    }

    private Task<bool> HadOneAsync(Operator @operator, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "SELECT id FROM credentials WHERE tin = @tin AND type = @type LIMIT 1",
            new { tin = @operator.Tin.Value, type = CredentialTypes.AeoStatus },
            cancellationToken: cancellationToken)).ConfigureAwait(false) is not null,
        cancellationToken);
}
