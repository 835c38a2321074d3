namespace TradeIdentity.Authority.Accounts;

/// <summary>A person's name as the person gave it; either part can be empty.</summary>
public sealed record PersonName(string Given, string Family)
{
    public const int MaxLength = 100;

    /// <summary>As it is said: the family first, and nothing between, where it is written in Chinese characters or Hangul.</summary>
    public override string ToString() => IsEastAsian(Given) && IsEastAsian(Family) ? Family + Given : $"{Given} {Family}".Trim();

    // Characters of Unicode's blocks of unified ideographs (4E00 to 9FFF, extension A from 3400) and of Hangul syllables; rarer ones are pairs of surrogates.
    private static bool IsEastAsian(string part) =>
        part.Length > 0 && part.All(letter => letter is (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') || char.IsSurrogate(letter)) && !part.All(char.IsSurrogate);
}
