using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Entity legal form code, ISO 20275 (ELF): four alphanumerics; 8888 is requested, 9999 is none.</summary>
public sealed record EntityLegalForm
{
    private EntityLegalForm(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out EntityLegalForm? form)
    {
        form = IsValid(text) ? new EntityLegalForm(text.ToString()) : null;
        return form is not null;
    }

    public static EntityLegalForm Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var form) ? form : throw new FormatException("Not an ELF code: four upper-case alphanumerics.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) => text.Length == 4 && Characters.AreUpperAlphanumeric(text);
}
