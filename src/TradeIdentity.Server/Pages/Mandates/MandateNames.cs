using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Server.Pages.Mandates;

/// <summary>The names of the parties of some mandates, read at once.</summary>
internal sealed class MandateNames
{
    private readonly IReadOnlyDictionary<Tin, Operator> _operators;
    private readonly Dictionary<string, string> _persons;

    private MandateNames(IReadOnlyDictionary<Tin, Operator> operators, Dictionary<string, string> persons) => (_operators, _persons) = (operators, persons);

    internal static async Task<MandateNames> ReadAsync(
        IReadOnlyCollection<MandateChain> chains, Database database, OperatorReader operators, Func<string, Task<Account?>> findPerson, CancellationToken cancellationToken)
    {
        var links = chains.SelectMany(chain => chain.Links).ToList();
        var tins = links.SelectMany(link => new[] { link.Principal, link.Grantor, (link.Representative as MandateRepresentative.OfOperator)?.Tin }).OfType<Tin>().Distinct().ToList();
        var persons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in links.Select(link => (link.Representative as MandateRepresentative.OfPerson)?.AccountId).OfType<string>().Distinct())
        {
            persons[id] = (await findPerson(id))?.Name.ToString() ?? "–";
        }

        return new MandateNames(await operators.FindManyAsync(database, tins, cancellationToken), persons);
    }

    internal string Of(Tin tin) => _operators.TryGetValue(tin, out var held) ? held.LegalName : tin.Value;

    internal string Of(MandateRepresentative representative) => representative switch
    {
        MandateRepresentative.OfOperator entity => Of(entity.Tin),
        MandateRepresentative.OfPerson person => _persons.GetValueOrDefault(person.AccountId, "–"),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };
}
