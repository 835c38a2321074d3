namespace TradeIdentity.Authority.Privacy;

/// <summary>What is known of an operator or of a person, as far as somebody could want to learn it.</summary>
public enum PrivateFact
{
    LegalName = 1,
    Tin,
    Jurisdiction,
    TradingNames,
    LegalForm,
    RegisteredAddress,
    Identifiers,
    TradeRoles,
    EntityEvidence,
    AeoStatus,
    AeoValidity,
    AeoAuthorisation,
    AeoFile,
    Mandates,

    PersonName = 101,
    ProvenIdentity,
    Email,
    Language,
    MemberRoles,
    SignIn,
    Officership,
    Devices,
    GivenConsents,
    AccountState,
    Secrets,
    DocumentReference,
}
