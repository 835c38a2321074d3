namespace TradeIdentity.Authority.Privacy;

/// <summary>On what it depends that a viewer learns a fact.</summary>
public enum Disclosure
{
    /// <summary>They do not learn it.</summary>
    Never = 1,

    /// <summary>It is in a credential, and whoever holds it chooses to show it.</summary>
    WhenShown = 2,

    /// <summary>The person allowed the application to know it, and may withdraw that.</summary>
    WhenAllowed = 3,

    /// <summary>The operator consented to its release, and may withdraw that.</summary>
    WhenReleased = 4,

    /// <summary>It is part of the office.</summary>
    OnDuty = 5,
}
