namespace TradeIdentity.Authority.Aeo;

/// <summary>The number under which an administration granted a component.</summary>
internal static class AuthorisationNumber
{
    /// <summary>EU customs data model, data element 12 12 001 000: an..35.</summary>
    public const int MaxLength = 35;

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && !text.ContainsAnyExceptInRange('!', '~');
}
