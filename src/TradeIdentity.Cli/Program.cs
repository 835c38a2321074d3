using System.CommandLine;
using TradeIdentity.Cli.Authority;

var root = new RootCommand("Digital legal identity of trade actors: verify credentials offline, and run the authority that issues them.")
{
    ImportCommand.Create(),
    IssueCommand.Create(),
    KeysCommand.Create(),
    DbCommand.Create(),
    AuditCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
