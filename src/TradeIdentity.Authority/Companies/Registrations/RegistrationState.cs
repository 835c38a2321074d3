namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>What becomes of the registration of a legal entity. The codes are published and never change.</summary>
public static class RegistrationState
{
    /// <summary>It waits for an officer.</summary>
    public const string Submitted = "submitted";

    /// <summary>An officer asked, and it waits for the person.</summary>
    public const string Asked = "asked";

    public const string Confirmed = "confirmed";

    public const string Refused = "refused";

    public const string Withdrawn = "withdrawn";

    /// <summary>An administrator of the entity, which was registered already, has invited the person.</summary>
    public const string Invited = "invited";

    public static bool IsOpen(string state) => state is Submitted or Asked;
}
