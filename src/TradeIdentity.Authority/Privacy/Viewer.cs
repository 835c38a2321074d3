namespace TradeIdentity.Authority.Privacy;

/// <summary>Who learns something from the authority.</summary>
public enum Viewer
{
    /// <summary>Whoever reads a credential that the holder shows: an officer at a gate, a business partner, a passer-by.</summary>
    AnonymousChecker = 1,

    /// <summary>An application to which people sign in.</summary>
    RelyingParty = 2,

    /// <summary>The customs administration of another country.</summary>
    PartnerAdministration = 3,

    /// <summary>Somebody of the authority itself, each in their office, and the systems that it runs.</summary>
    Officer = 4,
}
