using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid keys list|rotate</c>.</summary>
internal static class KeysCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    private static readonly Option<KeyPurpose> Purpose = new("--purpose")
    {
        Description = "Which key: issuing, anchor or openid (then also the RSA key of clients that take no ES256).",
        DefaultValueFactory = _ => KeyPurpose.Issuing,
    };

    private static readonly Option<bool> Immediately = new("--immediately")
    {
        Description = "Sign with the new key at once. Posts with an older bundle answer issuer_unknown until they update.",
    };

    internal static Command Create()
    {
        var list = new Command("list", "List the signing keys: what they are for, and when they sign and verify.") { Json };
        list.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => ListAsync(services, parsed.GetValue(Json), cancellationToken), cancellationToken));
        var rotate = new Command("rotate", "Make a new key. It is announced at once and signs when posts have had time to learn it.") { Purpose, Immediately };
        rotate.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => RotateAsync(services, parsed.GetValue(Purpose), parsed.GetValue(Immediately), cancellationToken), cancellationToken));
        return new Command("keys", "The authority's signing keys.") { list, rotate };
    }

    private static async Task<int> ListAsync(IServiceProvider services, bool json, CancellationToken cancellationToken)
    {
        if (!(await services.GetRequiredService<SigningKeys>().ListAsync(cancellationToken)).TryGet(out var ring, out var refusal))
        {
            return Answer.Refused(refusal);
        }

        foreach (var key in ring.All)
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(KeyLine.Of(key), AuthorityJson.Default.KeyLine)
                : $"{key.KidText}  {key.Purpose.ToText(),-8}  signs {key.SignsFrom:yyyy-MM-dd} to {key.SignsUntil:yyyy-MM-dd}  verifies until {key.VerifiesUntil:yyyy-MM-dd}");
        }

        if (!(await services.GetRequiredService<RsaSigningKeys>().ListAsync(cancellationToken)).TryGet(out var rsa, out refusal))
        {
            return Answer.Refused(refusal);
        }

        foreach (var key in rsa)
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(KeyLine.Of(key), AuthorityJson.Default.KeyLine)
                : $"{key.KidText}  openid (RSA)  signs {key.SignsFrom:yyyy-MM-dd} to {key.SignsUntil:yyyy-MM-dd}  verifies until {key.VerifiesUntil:yyyy-MM-dd}");
        }

        return Answer.Done;
    }

    private static async Task<int> RotateAsync(IServiceProvider services, KeyPurpose purpose, bool immediately, CancellationToken cancellationToken)
    {
        var rotated = await services.GetRequiredService<RotateSigningKey>().ExecuteAsync(purpose, immediately, Answer.Actor, cancellationToken);
        if (!rotated.TryGet(out var key, out var refusal))
        {
            return Answer.Refused(refusal);
        }

        Console.WriteLine(key.KidText);
        Console.Error.WriteLine($"The new key signs from {key.SignsFrom:u}.");
        return purpose == KeyPurpose.OpenId
            ? (await services.GetRequiredService<RsaSigningKeys>().RotateAsync(immediately, Answer.Actor, cancellationToken)).Match(
                kid =>
                {
                    Console.WriteLine(kid);
                    return Answer.Done;
                },
                Answer.Refused)
            : Answer.Done;
    }
}
