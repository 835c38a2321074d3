namespace TradeIdentity.Authority.Operators;

/// <summary>An operator that could be taken for another.</summary>
/// <param name="Tin">Its TIN.</param>
/// <param name="LegalName">Its legal name.</param>
/// <param name="Alike">What is alike of the two.</param>
public sealed record Lookalike(string Tin, string LegalName, IReadOnlyList<LookalikeReason> Alike);

/// <summary>Why one operator could be taken for another.</summary>
/// <param name="Kind"><see cref="SameName"/>, <see cref="SimilarName"/> or <see cref="SameNumber"/>.</param>
/// <param name="Value">The name or the number, as that operator has it.</param>
/// <param name="Scheme">Of the number.</param>
public sealed record LookalikeReason(string Kind, string Value, string? Scheme = null)
{
    /// <summary>The names read the same: case, marks, punctuation, spaces, legal form and look-alike letters aside.</summary>
    public const string SameName = "same_name";

    /// <summary>The names have the same words, a letter or two different.</summary>
    public const string SimilarName = "similar_name";

    /// <summary>Both state this number, whether anything confirms it or not.</summary>
    public const string SameNumber = "same_number";
}
