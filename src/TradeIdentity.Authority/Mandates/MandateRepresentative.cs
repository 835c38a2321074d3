using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Who acts: a legal entity, or a natural person by their account.</summary>
public abstract record MandateRepresentative
{
    private MandateRepresentative()
    {
    }

    public sealed record OfOperator(Tin Tin) : MandateRepresentative;

    public sealed record OfPerson(string AccountId) : MandateRepresentative;
}
