using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>How a name is like what was asked for; the first is the likest.</summary>
internal enum NameLikeness
{
    /// <summary>One is easily taken for the other: they have the same skeleton.</summary>
    Same,

    /// <summary>The name begins so.</summary>
    Begins,

    /// <summary>The words stand in it, some letters perhaps wrong.</summary>
    Words,
}

/// <summary>A name of an operator that is like another.</summary>
/// <param name="Tin">Whose name it is.</param>
/// <param name="Name">As it is written.</param>
/// <param name="Likeness">How.</param>
/// <param name="WrongLetters">Between the words.</param>
/// <param name="WordCount">Of the name's key.</param>
/// <param name="Length">Of the name's key.</param>
internal sealed record NameMatch(Tin Tin, string Name, NameLikeness Likeness, int WrongLetters, int WordCount, int Length) : IComparable<NameMatch>
{
    /// <summary>The likest first; where they are equal, the shorter name, which has less that was not asked for.</summary>
    public int CompareTo(NameMatch? other) => other is null
        ? -1
        : (Likeness, WrongLetters, Length, Tin.Value).CompareTo((other.Likeness, other.WrongLetters, other.Length, other.Tin.Value));
}
