using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Server.Demonstration;

/// <summary>In Development the register starts with operators to look at: see <c>README.md</c> beside the data file.</summary>
internal static class DemonstrationData
{
    private const string Resource = "TradeIdentity.Server.Demonstration.operators.ndjson";
    private const string Actor = "demonstration";

    internal static async Task LoadDemonstrationAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        if (await IsEmptyAsync(app.Services.GetRequiredService<FindOperators>(), cancellationToken))
        {
            await RegisterAsync(app.Services.GetRequiredService<RegisterOperators>(), cancellationToken);
        }

        await DemonstrationPeople.LoadAsync(app.Services, app.Environment.ContentRootPath, cancellationToken);
        app.Lifetime.ApplicationStarted.Register(() => Say(app));
    }

    private static async Task<bool> IsEmptyAsync(FindOperators find, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(null, null, 1, cancellationToken)).Match(page => page.Operators.Count == 0, _ => false);

    private static async Task RegisterAsync(RegisterOperators register, CancellationToken cancellationToken)
    {
        await using var file = typeof(DemonstrationData).Assembly.GetManifestResourceStream(Resource)!;
        await foreach (var result in register.ExecuteAsync(NdjsonLines.ReadAsync(file, OperatorDocument.MaxBytes, cancellationToken), Actor, cancellationToken))
        {
            if (result.Outcome == ImportOutcome.Rejected)
            {
                throw new InvalidDataException($"Line {result.Line} of the demonstration data is not as the register takes it: {result.Code}, {result.Detail}");
            }
        }
    }

    // Where to go next, once the addresses are known.
    private static void Say(WebApplication app)
    {
        var address = app.Urls.First();
        Console.WriteLine(
            $"""

            TradeIdentity is ready, with demonstration data: {address}

              API description    {address}/openapi/v1.json
              Trust anchor       {address}/trust/anchor
              Trust bundle       {address}/trust/bundle
              API client         {DemonstrationClient.ClientId}, its secret in {DemonstrationClient.SecretFile}
              Sign in            {address}/sign-in, with an account of {DemonstrationPeople.File}
              Relying party      {DemonstrationClient.AppId}, public, PKCE, back to http://127.0.0.1:<any port>/callback

            A first credential, in another terminal in this folder:

              dotnet run --project src/TradeIdentity.Cli -- issue --tin NL854502130 --type AeoStatus --png aeo.png

            """);
    }
}
