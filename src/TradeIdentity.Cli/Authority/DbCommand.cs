using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid db migrate|backup|check</c>.</summary>
internal static class DbCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to write; it must not exist." };

    internal static Command Create()
    {
        var migrate = new Command("migrate", "Bring the database to this version. The server does it by itself at start.");
        migrate.SetAction((_, cancellationToken) => AuthorityHost.RunUnpreparedAsync(services => MigrateAsync(services, cancellationToken), cancellationToken));
        var backup = new Command("backup", "Copy a SQLite database while it is in use. Keep the encryption key apart from the copy.") { File };
        backup.SetAction((parsed, cancellationToken) => AuthorityHost.RunUnpreparedAsync(
            services => BackupAsync(services, parsed.GetRequiredValue(File), cancellationToken), cancellationToken));
        var check = new Command("check", "Check that the database is whole and of this version. Changes nothing.");
        check.SetAction((_, cancellationToken) => AuthorityHost.RunUnpreparedAsync(services => CheckAsync(services, cancellationToken), cancellationToken));
        return new Command("db", "The authority's database.") { migrate, backup, check };
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var applied = await DatabaseMigrator.MigrateAsync(services.GetRequiredService<Database>(), cancellationToken);
        foreach (var script in applied)
        {
            Console.WriteLine(script);
        }

        await Console.Error.WriteLineAsync(applied.Count == 0 ? "The database is up to date." : $"{applied.Count} migrations applied.");
        return Answer.Done;
    }

    private static async Task<int> BackupAsync(IServiceProvider services, string file, CancellationToken cancellationToken) =>
        (await DatabaseBackup.ExecuteAsync(services.GetRequiredService<Database>(), file, cancellationToken)).Match(
            bytes =>
            {
                Console.Error.WriteLine($"{bytes:N0} bytes written to {file}.");
                return Answer.Done;
            },
            Answer.Refused);

    private static async Task<int> CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var findings = await DatabaseCheck.RunAsync(services.GetRequiredService<Database>(), cancellationToken);
        foreach (var finding in findings)
        {
            Console.WriteLine(finding);
        }

        await Console.Error.WriteLineAsync(findings.Count == 0 ? "The database is whole and of this version." : $"{findings.Count} findings.");
        return findings.Count == 0 ? Answer.Done : Answer.NotDone;
    }
}
