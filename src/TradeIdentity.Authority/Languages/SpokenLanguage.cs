using System.Globalization;

namespace TradeIdentity.Authority.Languages;

/// <summary>A language that pages, mails and notices speak.</summary>
/// <param name="Code">Two letters (ISO 639-1): of the resource files, of an account and of the link that chooses the language.</param>
/// <param name="Tag">For HTML and discovery (BCP 47): where a language has several scripts, the one that is written.</param>
/// <param name="Name">In itself.</param>
/// <param name="Culture">How dates and numbers are written.</param>
public sealed record SpokenLanguage(string Code, string Tag, string Name, CultureInfo Culture)
{
    /// <summary>Whether lines begin at the right.</summary>
    public bool IsRightToLeft { get; init; }

    /// <summary>A day as people of the language write it, for <c>DateTime.ToString</c>.</summary>
    public string DayFormat { get; init; } = "d MMMM yyyy";
}
