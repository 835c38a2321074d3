using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;

var builder = WebApplication.CreateBuilder(args);
var storage = builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
var keys = builder.Configuration.GetSection("Keys").Get<KeysOptions>() ?? new KeysOptions();
if (!DatabaseFactory.Open(storage).TryGet(out var database, out var refusal)
    || !KeyEncryptionKey.Load(keys, builder.Environment.IsDevelopment(), builder.Environment.ContentRootPath).TryGet(out var encryptionKey, out refusal))
{
    await Console.Error.WriteLineAsync($"Configuration: {refusal.Detail}");
    return 78;
}

await DatabaseMigrator.MigrateAsync(database, CancellationToken.None);
builder.Services.AddSingleton(database);
builder.Services.AddSingleton(encryptionKey);
builder.Services.AddSingleton(keys);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<SigningKeys>();
builder.Services.AddOpenIdServer(builder.Configuration, builder.Environment);
var app = builder.Build();
app.MapOpenId();
await app.RunAsync();
return 0;
