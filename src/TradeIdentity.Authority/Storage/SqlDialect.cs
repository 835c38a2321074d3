namespace TradeIdentity.Authority.Storage;

/// <summary>The two databases the authority keeps its ledger in.</summary>
public enum SqlDialect
{
    Sqlite,
    PostgreSql,
}
