using System.Globalization;
using System.Text;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Cards;

/// <summary>The words of a card, in English, in the order in which they are read.</summary>
internal sealed class CardWording(CardContent content)
{
    internal const string LegalNameLabel = "Legal name";
    internal const string TinLabel = "Trader Identification Number";
    internal const string RolesLabel = "Roles";
    internal const string IdentifiersLabel = "Other identifiers";
    internal const string AddressLabel = "Registered address";
    internal const string IssuedLabel = "Issued";
    internal const string NotBeforeLabel = "Valid from";
    internal const string ExpiresLabel = "Expires";
    internal const string VerifyLabel = "Verify at";
    internal const string CutOut = "To carry: cut along the outer line, fold along the middle, and the card has the size of a bank card.";
    internal const string StatusNow = "What it says was so when it was issued. Whether it still is, the verifier tells, and how fresh that answer is.";
    internal const string VerifyElsewhere = "or with any TI1 verifier";
    internal const string Caution = "This card proves the status of the company. It does not prove that its bearer belongs to the company.";

    private readonly Credential _credential = content.Credential;

    internal string IssuerName { get; } = Clean(content.IssuerName);

    internal string TypeName { get; } = Clean(content.TypeName);

    internal string LegalName { get; } = Clean(content.Credential.LegalName);

    /// <summary>Without https://, which nobody types.</summary>
    internal string VerifyAddress { get; } = Clean(content.VerifyAddress.StartsWith("https://", StringComparison.Ordinal) ? content.VerifyAddress[8..] : content.VerifyAddress);

    /// <summary>Of a mandate: for whom, in whose name, through whom, by whom, within which limits; else empty.</summary>
    internal IReadOnlyList<(string Label, string Text)> Mandate { get; } = content.Credential.Mandate is { } mandate ? [.. MandateLines(mandate)] : [];

    internal string? Address { get; } = content.Credential.Address is { } address ? Clean(address) : null;

    internal string Issued { get; } = Day(content.Credential.IssuedAt);

    internal string Expires { get; } = Day(content.Credential.ExpiresAt);

    /// <summary>Null where the credential holds from its issue.</summary>
    internal string? NotBefore => _credential.NotBefore > _credential.IssuedAt ? Day(_credential.NotBefore) : null;

    /// <summary>The days of the credential, each under its label.</summary>
    internal IReadOnlyList<(string Label, string Date)> Dates => NotBefore is { } from
        ? [(IssuedLabel, Issued), (NotBeforeLabel, from), (ExpiresLabel, Expires)]
        : [(IssuedLabel, Issued), (ExpiresLabel, Expires)];

    internal string AeoLabel => $"AEO status on {Issued}";

    /// <summary>The country, then groups of three or four: <c>NL</c>, <c>854</c>, <c>502</c>, <c>130</c>.</summary>
    internal IReadOnlyList<string> TinGroups
    {
        get
        {
            var rest = _credential.Tin[2..];
            var groups = new List<string> { _credential.Tin[..2] };
            for (var left = (rest.Length + 3) / 4; left > 0; left--)
            {
                var length = (rest.Length + left - 1) / left;
                groups.Add(rest[..length]);
                rest = rest[length..];
            }

            return groups;
        }
    }

    internal IReadOnlyList<AeoLine> Components { get; } =
        [.. content.Credential.Aeo.Select(claim => new AeoLine(ComponentName(content, claim.Component), claim.Status == AeoComponentStatus.Granted, Detail(claim)))];

    internal IReadOnlyList<string> Roles { get; } =
        [.. content.Credential.Roles.Select(code => TradeRoles.TryFind(code, out var role) ? role.Names["en"] : code)];

    internal IReadOnlyList<string> Identifiers { get; } =
        [.. content.Credential.Identifiers.Select(claim => $"{SchemeName(claim.Scheme)}\u00A0{Clean(claim.Value)}{(claim.IsConfirmed ? "" : " (declared)")}")];

    /// <summary>Everything that came from outside, to be checked against the fonts.</summary>
    internal IEnumerable<string> Texts() =>
        [IssuerName, TypeName, LegalName, VerifyAddress, Address ?? "", .. Components.SelectMany(line => new[] { line.Name, line.Detail }), .. Roles, .. Identifiers, .. Mandate.Select(line => line.Text)];

    private static IEnumerable<(string Label, string Text)> MandateLines(MandateClaim mandate)
    {
        yield return ("Acts for", Clean($"{mandate.Principal.LegalName}, {mandate.Principal.Tin}"));
        yield return ("Representation", mandate.Representation == Representation.Direct ? "Direct: in the principal's name" : "Indirect: in its own name");
        if (mandate.Links.Count > 1)
        {
            yield return ("Through", Clean(string.Join(" › ", mandate.Links.Skip(1).Select(link => link.LegalName))));
        }

        if (mandate.Bearer is { } bearer)
        {
            yield return ("By", Clean(bearer));
        }

        if (Limits(mandate.Limits) is { Length: > 0 } limits)
        {
            yield return ("Limited to", Clean(limits));
        }
    }

    private static string Limits(MandateLimits limits) => string.Join("; ", new[]
    {
        string.Join(", ", limits.Declarations.Select(DeclarationCodes.Name)),
        limits.Procedures.Count > 0 ? $"procedures {string.Join(", ", limits.Procedures)}" : "",
        limits.Places.Count > 0 ? $"places {string.Join(", ", limits.Places)}" : "",
        limits.Value is { } value ? FormattableString.Invariant($"{value} {limits.Currency} a declaration") : "",
    }.Where(part => part.Length > 0));

    private static string ComponentName(CardContent content, int code) =>
        Clean(content.ComponentNames.GetValueOrDefault(code) ?? FormattableString.Invariant($"AEO component {code}"));

    private static string Detail(AeoComponentClaim claim) =>
        Clean($"{(claim.Status == AeoComponentStatus.Granted ? "Granted" : "Suspended")}, no. {claim.AuthorisationNumber}, from {Day(claim.EffectiveFrom)}"
            + (claim.EffectiveUntil is { } until ? $" to {Day(until)}" : ""));

    private static string SchemeName(int scheme) => IdentifierSchemes.Name(scheme) switch
    {
        "national" => "Company register",
        "duns" => "D-U-N-S",
        var name => name.ToUpperInvariant(),
    };

    private static string Day(DateTimeOffset time) => Day(DateOnly.FromDateTime(time.UtcDateTime));

    // No-break spaces: a date stays on one line.
    private static string Day(DateOnly day) => day.ToString("d\u00A0MMMM\u00A0yyyy", CultureInfo.InvariantCulture);

    // A credential read from elsewhere may hold a line break or a bidirectional override: here they are spaces or nothing.
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)))
            {
                clean.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    internal sealed record AeoLine(string Name, bool IsGranted, string Detail);
}
