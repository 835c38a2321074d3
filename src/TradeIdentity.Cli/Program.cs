using System.CommandLine;
using System.Runtime.CompilerServices;
using TradeIdentity.Cli.Authority;
using TradeIdentity.Cli.Verifier;

namespace TradeIdentity.Cli;

/// <summary><c>tradeid</c>: the verifier for everyone, the authority's own commands for whoever holds its database and keys.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Digital legal identity of trade actors: verify credentials offline, and run the authority that issues them.");
        foreach (var command in VerifierProgram.Commands())
        {
            root.Add(command);
        }

        // A gate that verifies need not load the authority.
        if (args is not (["verify" or "inspect" or "bundle", ..]))
        {
            AddAuthority(root);
        }

        return await VerifierProgram.RunAsync(root, args);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddAuthority(RootCommand root)
    {
        root.Add(ImportCommand.Create());
        root.Add(IssueCommand.Create());
        root.Add(KeysCommand.Create());
        root.Add(ClientsCommand.Create());
        root.Add(DbCommand.Create());
        root.Add(AuditCommand.Create());
    }
}
