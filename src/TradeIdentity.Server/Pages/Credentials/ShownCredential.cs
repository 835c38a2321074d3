using System.Globalization;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>A credential as those read it for whose entity it is.</summary>
public sealed record ShownCredential
{
    public required string Id { get; init; }

    public required int Type { get; init; }

    /// <summary>The name of the type.</summary>
    public required string TypeName { get; init; }

    public required CredentialState State { get; init; }

    public required string StateName { get; init; }

    /// <summary>What the state means, and what can be done.</summary>
    public required string Meaning { get; init; }

    public required string Issued { get; init; }

    public required string Until { get; init; }

    /// <summary>When the state was so: it is read from the ledger itself.</summary>
    public required string AsOf { get; init; }

    /// <summary>What was signed.</summary>
    public required Credential Facts { get; init; }

    public required IReadOnlyList<Component> Components { get; init; }

    public string? ReplacedBy { get; init; }

    public bool IsMandate => Type == CredentialTypes.Mandate;

    /// <summary>Of the sprite: the state has a shape too.</summary>
    public string Icon => State switch
    {
        CredentialState.Valid => "done",
        CredentialState.Suspended => "doubt",
        _ => "stop",
    };

    public string Tag => State switch
    {
        CredentialState.Valid => "tag",
        CredentialState.Suspended => "tag tag-doubt",
        _ => "tag tag-stop",
    };

    internal static ShownCredential Of(IssuedCredential credential, ProgrammeCatalogue programmes, Wording words, DateTimeOffset now)
    {
        var (facts, state) = (credential.Read(), credential.StateAt(now));
        return new ShownCredential
        {
            Id = credential.Id.ToString(),
            Type = credential.Type,
            TypeName = NameOf(credential.Type, words),
            State = state,
            StateName = words[$"Credentials.state.{state.ToCode()}"],
            Meaning = words[credential.EndedAs is { } end && state == CredentialState.Revoked ? $"Credentials.ended.{end}" : $"Credentials.meaning.{state.ToCode()}"],
            Issued = Day(credential.IssuedAt),
            Until = Day(credential.ExpiresAt),
            AsOf = WrittenDay.WithTime(now, CultureInfo.CurrentCulture),
            Facts = facts,
            Components = [.. facts.Aeo.Select(claim => Component.Of(claim, programmes, words))],
            ReplacedBy = credential.ReplacedBy?.ToString(),
        };
    }

    /// <summary>The name of a type in the language of the page.</summary>
    internal static string NameOf(int type, Wording words)
    {
        var names = CredentialTypeCatalogue.Entries.Single(entry => entry.Code == type).Names;
        return names.Where(name => name.Key == words.Language).Select(name => name.Value).FirstOrDefault() ?? names[0].Value;
    }

    private static string Day(DateTimeOffset at) => WrittenDay.Of(at, CultureInfo.CurrentCulture);

    /// <summary>An AEO component that is stated.</summary>
    public sealed record Component(string Name, bool IsGranted, string Detail)
    {
        internal static Component Of(AeoComponentClaim claim, ProgrammeCatalogue programmes, Wording words)
        {
            var known = programmes.Programmes.SelectMany(programme => programme.Components).FirstOrDefault(component => component.QrCode == claim.Component);
            var name = known is null ? words["Credentials.ComponentUnknown", claim.Component] : known.Names.GetValueOrDefault(words.Language) ?? known.Names["en"];
            var isGranted = claim.Status == AeoComponentStatus.Granted;
            return new Component(name, isGranted, words[isGranted ? "Credentials.ComponentGranted" : "Credentials.ComponentSuspended", claim.AuthorisationNumber, WrittenDay.Of(claim.EffectiveFrom, CultureInfo.CurrentCulture)]);
        }
    }
}
