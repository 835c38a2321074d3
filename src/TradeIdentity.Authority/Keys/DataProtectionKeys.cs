using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// The keys that protect cookies and mailed links, in the ledger's database: all instances have the same. The framework asks
/// for them a few times a day and without waiting for a task, hence the blocking calls.
/// </summary>
internal sealed class DataProtectionKeys(Database database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. database.ReadAsync(connection => connection.QueryAsync<string>("SELECT xml FROM data_protection_keys ORDER BY created_at, id"), CancellationToken.None)
            .GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        database.ExecuteAsync(
            "INSERT INTO data_protection_keys (id, friendly_name, xml, created_at) VALUES (@Id, @FriendlyName, @Xml, @CreatedAt)",
            new
            {
                Id = EntityId.New(time),
                FriendlyName = friendlyName ?? "",
                Xml = element.ToString(SaveOptions.DisableFormatting),
                CreatedAt = time.GetUtcNow().ToUnixTimeSeconds(),
            }, CancellationToken.None).GetAwaiter().GetResult();
}
