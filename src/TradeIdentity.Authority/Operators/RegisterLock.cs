using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>Acts that change the register take turns: two imports of one TIN at once end as one after the other.</summary>
internal static class RegisterLock
{
    // Any number will do as long as nothing else in the database takes it: "TIREGIST" in ASCII.
    private const long Key = 0x5449524547495354;

    /// <summary>Held until the transaction ends. SQLite has one writer anyway.</summary>
    public static Task TakeAsync(WriteTransaction tx) =>
        tx.Dialect == SqlDialect.PostgreSql ? tx.ExecuteAsync("SELECT pg_advisory_xact_lock(@Key)", new { Key }) : Task.CompletedTask;
}
