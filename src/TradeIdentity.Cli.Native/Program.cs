using System.CommandLine;
using TradeIdentity.Cli.Verifier;

var root = new RootCommand("Verify trade credentials offline, from their QR code.");
foreach (var command in VerifierProgram.Commands())
{
    root.Add(command);
}

return await VerifierProgram.RunAsync(root, args);
