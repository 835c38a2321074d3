namespace TradeIdentity.Server.Site;

/// <summary>One line that a person fills in: label, hint, fault and input belong together.</summary>
/// <param name="Name">Of the form's field, and of its faults.</param>
/// <param name="Label">What is asked.</param>
public sealed record Field(string Name, string Label)
{
    public string Type { get; init; } = "text";

    public string? Value { get; init; }

    public string? Hint { get; init; }

    /// <summary>Of HTML's autofill tokens.</summary>
    public string Autocomplete { get; init; } = "off";

    public string? InputMode { get; init; }

    /// <summary>Read letter by letter: codes and numbers.</summary>
    public bool IsCode { get; init; }

    public int MaxLength { get; init; } = 254;
}
