
namespace TradeIdentity.Clients.Tests.Node;

/// <summary>
/// Certified relying parties of others' making, each script of this folder a process of its own: openid-client, and oauth4webapi below
/// it. What they check by themselves (issuer, nonce, state, signatures, types, the form of every answer) is checked with them.
/// </summary>
[Collection(OnOneServer.Name)]
public sealed class NodeClientTests(ServerForClients host)
{
    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Folder, "*.mjs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file)).Where(file => file.Contains(Path.DirectorySeparatorChar)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("tests", "TradeIdentity.Clients.Tests", "Node");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_client_of_others_making_finds_all_as_its_standards_say(string script)
    {
        Assert.SkipWhen(!Directory.Exists(Repository.PathOf("tests", "TradeIdentity.Clients.Tests", "node_modules")), "npm could not restore the clients.");
        using var anna = host.Server.Anna();
        await using var client = Dialogue.Start(
            host.Server.Folder, "node", [Path.Combine(Folder, script)], ("SERVER", host.Server.Address), ("INVITATION", host.Invitation), ("FAPI_KEY", host.FapiKey));
        while (await client.HearNextAsync("visit ") is { } address)
        {
            var (there, form) = await anna.VisitAsync(new Uri(address), until: "https://party.example/");
            await client.TellAsync(there.Host == "party.example" ? $"{there.OriginalString} {form}".TrimEnd() : there.OriginalString);
        }

        await client.EndAsync();
    }
}
