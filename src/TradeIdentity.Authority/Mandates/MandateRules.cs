using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Mandates;

/// <summary>What a mandate may be: by itself, and under the one that it passes on. Nothing of it needs the database.</summary>
internal static class MandateRules
{
    private const int LongestEvidence = 250;
    private const int MostCodes = 100;

    // Authority that nobody looks at again is how it lapses, or is stolen, in silence.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 366);

    /// <summary>Null where the offer is sound.</summary>
    internal static Refusal? Refuse(MandateOffer offer, DateTimeOffset now)
    {
        if (offer.Representative is MandateRepresentative.OfOperator { Tin: var representative } && representative == offer.Grantor)
        {
            return Invalid("Nobody represents themselves.");
        }

        if (offer.FurtherLevels is < 0 or >= Mandate.MaxLinks)
        {
            return Invalid($"mayDelegate is 0 to {Mandate.MaxLinks - 1}: a chain has {Mandate.MaxLinks} links at most.");
        }

        if (offer.FurtherLevels > 0 && offer.Representative is MandateRepresentative.OfPerson)
        {
            return Invalid("A natural person cannot pass a mandate on.");
        }

        if (offer.ValidUntil <= offer.ValidFrom || offer.ValidUntil <= now || offer.ValidUntil - offer.ValidFrom > Longest)
        {
            return Invalid("A mandate ends after it begins, in the future, and lasts five years at most.");
        }

        if (offer.Evidence is { } evidence && PrintableText.Normalise(evidence, LongestEvidence) != evidence)
        {
            return Invalid($"evidence is 1 to {LongestEvidence} printable characters.");
        }

        return RefuseScope(offer.Scope);
    }

    /// <summary>Null where <paramref name="offer"/> passes on no more than its grantor has of <paramref name="parent"/>.</summary>
    internal static Refusal? RefuseUnder(MandateChain parent, MandateOffer offer, DateTimeOffset now)
    {
        var held = parent.Last;
        if (held.Representative != new MandateRepresentative.OfOperator(offer.Grantor))
        {
            return new Refusal("mandate_not_yours", "Only its representative passes a mandate on.");
        }

        if (parent.FaultAt(now) is { } fault and not MandateFault.NotYet)
        {
            return new Refusal("mandate_not_in_force", $"The mandate that is passed on does not hold: {fault.ToCode()}.");
        }

        if (offer.Representative is MandateRepresentative.OfOperator { Tin: var next } && parent.Links.Any(link => link.Grantor == next))
        {
            return Exceeds("It would come back to who granted it.");
        }

        return held.FurtherLevels <= offer.FurtherLevels ? Exceeds($"{held.FurtherLevels} further links may hang from it, this one and what it allows included.")
            : held.Kind != offer.Kind ? Exceeds($"It is {held.Kind.ToCode()}, and stays so.")
            : offer.ValidFrom < held.ValidFrom || offer.ValidUntil > held.ValidUntil ? Exceeds("Its dates are outside those of the mandate that is passed on.")
            : held.Scope.Contains(offer.Scope) ? null : Exceeds("It allows what the mandate that is passed on does not.");
    }

    private static Refusal? RefuseScope(MandateScope scope)
    {
        if (scope.Declarations.Count > MostCodes || scope.Procedures.Count > MostCodes || scope.Places.Count > MostCodes)
        {
            return Invalid($"A list has {MostCodes} codes at most.");
        }

        return scope.Declarations.Any(kind => DeclarationCodes.Find(kind) == 0) ? Invalid($"declarations are of {string.Join(", ", DeclarationCodes.All)}.")
            : scope.Procedures.Any(code => code.Length is not (2 or 4) || !code.All(char.IsAsciiDigit)) ? Invalid("procedures are of two or four digits.")
            : scope.Places.Any(code => !UnLocode.TryParse(code, out _)) ? Invalid("places are UN/LOCODEs.")
            : null;
    }

    private static Refusal Invalid(string detail) => new("mandate_invalid", detail);

    private static Refusal Exceeds(string detail) => new("mandate_exceeds", detail);
}
