using System.IO.Pipelines;
using System.Text;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Benchmarks.Register;

/// <summary>
/// Companies as a register has them: most names have a rare word, a common one and a legal form; a few words are in a tenth of all. The same for
/// the same number.
/// </summary>
internal static class InventedCompanies
{
    private static readonly string[] Beginnings = ["Bal", "Cor", "Del", "Fen", "Gar", "Hol", "Jun", "Kar", "Lin", "Mor", "Nor", "Ost", "Pel", "Qui", "Ran", "Sel", "Tor", "Ulm", "Ver", "Wes", "Yar", "Zan", "Bri", "Cla", "Dro", "Fle", "Gri", "Plo", "Sta", "Tri"];
    private static readonly string[] Middles = ["a", "e", "i", "o", "u", "ando", "eri", "imo", "olo", "uta", "ana", "esso", "ivi", "orna", "ulla", "atra", "endi", "isco", "ombo", "urgo"];
    private static readonly string[] Ends = ["ca", "den", "fix", "gard", "lia", "mar", "nix", "port", "rin", "sen", "tec", "via", "wick", "xis", "zon", "berg", "dale", "field", "land", "stad"];
    private static readonly string[] Trades = ["Trading", "Shipping", "Logistics", "Freight", "Export", "Import", "Foods", "Flowers", "Textiles", "Steel", "Chemicals", "Electronics", "Machinery", "Holding", "International", "Group", "Transport", "Forwarding", "Customs Brokers", "Marine"];
    private static readonly string[] Forms = ["B.V.", "GmbH", "Ltd", "S.A.", "SARL", "S.r.l.", "AB", "Inc.", "LLC", "NV"];
    private static readonly string[] Countries = ["NL", "DE", "FR", "BE", "ES", "IT", "SE", "GB", "US", "AE"];

    public static string Country(int number) => Countries[number % Countries.Length];

    public static string Tin(int number) => FormattableString.Invariant($"{Country(number)}{number:D9}");

    public static string Name(int number)
    {
        // Rare words by all of the number, common ones by how often they come.
        var scattered = (uint)number * 2654435761u;
        var trade = Trades[(int)(Math.Pow(scattered % 1000 / 1000.0, 2) * Trades.Length)];
        return $"{Word(scattered)} {Word((scattered >> 7) ^ (uint)number)} {trade} {Forms[number / Countries.Length % Forms.Length]}";
    }

    public static byte[] Line(int number)
    {
        var aeo = number % 20 == 0 && Country(number) is not ("US" or "GB" or "AE") ? $$"""{"component":"AEOC","status":"granted","authorisationNumber":"{{Country(number)}}AEOC{{number:D8}}","effectiveFrom":"2024-01-01"}""" : "";
        return Encoding.UTF8.GetBytes(
            $$$"""{"tin":"{{{Tin(number)}}}","legalName":"{{{Name(number)}}}","jurisdiction":"{{{Country(number)}}}","registeredAddress":{"locality":"Examplestad","country":"{{{Country(number)}}}"},"identifiers":[{"scheme":"national","value":"R{{{number:D8}}}"}],"roles":["IM"],"aeo":[{{{aeo}}}],"evidence":{"source":"invented"}}""" + "\n");
    }

    /// <summary>Registers the first <paramref name="count"/> of them, as an import does.</summary>
    public static async Task ImportAsync(Database database, int count)
    {
        var lines = new Pipe();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                await lines.Writer.WriteAsync(Line(i));
            }

            await lines.Writer.CompleteAsync();
        });
        var register = new RegisterOperators(database, TimeProvider.System, ProgrammeCatalogue.Embedded);
        await foreach (var result in register.ExecuteAsync(NdjsonLines.ReadAsync(lines.Reader, OperatorDocument.MaxBytes, CancellationToken.None), "benchmark", CancellationToken.None))
        {
            if (result.Outcome != ImportOutcome.Created)
            {
                throw new InvalidOperationException($"{result.Code}: {result.Detail}");
            }
        }

        await writing;
    }

    private static string Word(uint seed) =>
        Beginnings[seed % (uint)Beginnings.Length] + Middles[seed / 31 % (uint)Middles.Length] + Ends[seed / 631 % (uint)Ends.Length];
}
