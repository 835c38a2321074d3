using static TradeIdentity.Authority.Privacy.Disclosure;

namespace TradeIdentity.Authority.Privacy;

/// <summary>
/// Who may learn what of an operator and of a person: the one place that says so. What makes credentials, claims and answers of the
/// API asks it, docs/privacy.md and the page <c>/privacy</c> show it.
/// </summary>
public static class PrivacyTable
{
    /// <summary>Of the operator.</summary>
    public static IReadOnlyList<PrivacyRow> OfOperator { get; } =
    [
        // What partner administrations exchange is the AEO master data of the SAFE Framework: TIN, name, address, status and its days.
        new(PrivateFact.LegalName, WhenShown, WhenAllowed, WhenReleased, OnDuty),
        new(PrivateFact.Tin, WhenShown, WhenAllowed, WhenReleased, OnDuty),
        new(PrivateFact.Jurisdiction, WhenShown, WhenAllowed, Never, OnDuty),
        new(PrivateFact.TradingNames, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.LegalForm, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.RegisteredAddress, WhenShown, WhenAllowed, WhenReleased, OnDuty),
        new(PrivateFact.Identifiers, WhenShown, WhenAllowed, Never, OnDuty),
        new(PrivateFact.TradeRoles, WhenShown, WhenAllowed, Never, OnDuty),
        new(PrivateFact.EntityEvidence, WhenShown, WhenAllowed, Never, OnDuty),
        new(PrivateFact.AeoStatus, WhenShown, WhenAllowed, WhenReleased, OnDuty),
        new(PrivateFact.AeoValidity, WhenShown, WhenAllowed, WhenReleased, OnDuty),
        new(PrivateFact.AeoAuthorisation, WhenShown, Never, Never, OnDuty),
        new(PrivateFact.AeoFile, Never, Never, Never, OnDuty),
        new(PrivateFact.Mandates, WhenShown, WhenAllowed, Never, OnDuty),
    ];

    /// <summary>Of the person. Of their name a credential says that of the bearer of a mandate, and nobody else's.</summary>
    public static IReadOnlyList<PrivacyRow> OfPerson { get; } =
    [
        new(PrivateFact.PersonName, WhenShown, WhenAllowed, Never, OnDuty),
        new(PrivateFact.ProvenIdentity, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.Email, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.Language, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.MemberRoles, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.SignIn, Never, WhenAllowed, Never, OnDuty),
        new(PrivateFact.Officership, Never, Never, Never, OnDuty),
        new(PrivateFact.Devices, Never, Never, Never, OnDuty),
        new(PrivateFact.GivenConsents, Never, Never, Never, OnDuty),
        new(PrivateFact.AccountState, Never, Never, Never, OnDuty),
        new(PrivateFact.Secrets, Never, Never, Never, Never),
        new(PrivateFact.DocumentReference, Never, Never, Never, Never),
    ];

    private static readonly Dictionary<PrivateFact, PrivacyRow> Rows = OfOperator.Concat(OfPerson).ToDictionary(row => row.Fact);

    /// <summary>On what it depends that <paramref name="viewer"/> learns <paramref name="fact"/>.</summary>
    public static Disclosure Of(Viewer viewer, PrivateFact fact) => Rows[fact].To(viewer);

    /// <summary>Whether the viewer may learn it at all, once what it depends on is there.</summary>
    public static bool May(Viewer viewer, PrivateFact fact) => Of(viewer, fact) != Never;

    /// <summary>The value where the viewer may learn it; else nothing.</summary>
    public static T? Tell<T>(Viewer viewer, PrivateFact fact, T? value) => May(viewer, fact) ? value : default;
}

/// <summary>One fact, and on what it depends that each viewer learns it.</summary>
public sealed record PrivacyRow(PrivateFact Fact, Disclosure AnonymousChecker, Disclosure RelyingParty, Disclosure PartnerAdministration, Disclosure Officer)
{
    /// <summary>For one viewer.</summary>
    public Disclosure To(Viewer viewer) => viewer switch
    {
        Viewer.AnonymousChecker => AnonymousChecker,
        Viewer.RelyingParty => RelyingParty,
        Viewer.PartnerAdministration => PartnerAdministration,
        Viewer.Officer => Officer,
        _ => throw new ArgumentOutOfRangeException(nameof(viewer)),
    };
}
