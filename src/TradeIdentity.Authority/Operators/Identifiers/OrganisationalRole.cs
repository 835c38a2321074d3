using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Official organisational role code, ISO 5009 (OOR): six alphanumerics.</summary>
public sealed record OrganisationalRole
{
    private OrganisationalRole(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out OrganisationalRole? role)
    {
        role = IsValid(text) ? new OrganisationalRole(text.ToString()) : null;
        return role is not null;
    }

    public static OrganisationalRole Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var role) ? role : throw new FormatException("Not an OOR code: six upper-case alphanumerics.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) => text.Length == 6 && Characters.AreUpperAlphanumeric(text);
}
