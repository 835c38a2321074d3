namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary><c>Sqlite</c> or <c>PostgreSql</c>.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>For SQLite <c>Data Source=…</c>; for PostgreSQL an Npgsql connection string.</summary>
    public string ConnectionString { get; set; } = "";
}
