using TradeIdentity.Authority.Operators.Names;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>Writes operators with their identifiers and the keys of their names, each as it is after all changes of the batch.</summary>
internal static class OperatorWriter
{
    public static async Task WriteAsync(WriteTransaction tx, IReadOnlyList<(Operator Operator, byte[] FactsDigest)> operators)
    {
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO operators (tin, legal_name, trading_names, jurisdiction, legal_form, street, locality,
                postal_code, country, roles, evidence_source, evidence_asserted_by, evidence_asserted_at, evidence_confirmed_by,
                evidence_confirmed_at, evidence_valid_until, facts_digest, created_at, updated_at, version,
                succession_kind, succeeded_on, successors)
            VALUES (@Tin, @LegalName, @TradingNames, @Jurisdiction, @LegalForm, @Street, @Locality,
                @PostalCode, @Country, @Roles, @Source, @AssertedBy, @AssertedAt, @ConfirmedBy,
                @ConfirmedAt, @ValidUntil, @FactsDigest, @CreatedAt, @UpdatedAt, @Version,
                @SuccessionKind, @SucceededOn, @Successors)
            ON CONFLICT (tin) DO UPDATE SET
                legal_name = excluded.legal_name, trading_names = excluded.trading_names,
                jurisdiction = excluded.jurisdiction, legal_form = excluded.legal_form, street = excluded.street,
                locality = excluded.locality, postal_code = excluded.postal_code, country = excluded.country,
                roles = excluded.roles, evidence_source = excluded.evidence_source,
                evidence_asserted_by = excluded.evidence_asserted_by, evidence_asserted_at = excluded.evidence_asserted_at,
                evidence_confirmed_by = excluded.evidence_confirmed_by, evidence_confirmed_at = excluded.evidence_confirmed_at,
                evidence_valid_until = excluded.evidence_valid_until, facts_digest = excluded.facts_digest,
                updated_at = excluded.updated_at, version = excluded.version,
                succession_kind = excluded.succession_kind, succeeded_on = excluded.succeeded_on, successors = excluded.successors
            """,
            operators.Select(each => OperatorRow.Of(each.Operator, each.FactsDigest))).ConfigureAwait(false);

        // All go before any comes: within a batch an identifier may pass from one operator to another.
        await tx.ExecuteAsync(
            $"DELETE FROM operator_identifiers WHERE tin IN {TextSet.In(tx.Dialect, "@Tins")}",
            new { Tins = TextSet.Of(operators.Select(each => each.Operator.Tin.Value)) }).ConfigureAwait(false);
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO operator_identifiers (tin, scheme, value, source, asserted_by, asserted_at, confirmed_by, confirmed_at, valid_until)
            VALUES (@Tin, @Scheme, @Value, @Source, @AssertedBy, @AssertedAt, @ConfirmedBy, @ConfirmedAt, @ValidUntil)
            """,
            operators.SelectMany(each => each.Operator.Identifiers, (each, identifier) => IdentifierRow.Of(each.Operator.Tin, identifier))).ConfigureAwait(false);
        await OperatorNames.WriteAsync(tx, [.. operators.Select(each => (each.Operator.Tin.Value, each.Operator.TradingNames.Prepend(each.Operator.LegalName)))]).ConfigureAwait(false);
    }
}
