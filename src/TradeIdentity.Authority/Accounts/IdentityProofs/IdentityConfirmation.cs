namespace TradeIdentity.Authority.Accounts.IdentityProofs;

/// <summary>What confirmed who a person is.</summary>
public enum IdentityConfirmation
{
    /// <summary>A document that an officer saw, and the person with it.</summary>
    Document = 1,

    /// <summary>An assertion of an electronic identification scheme with which the person signed in.</summary>
    ElectronicIdentification = 2,

    /// <summary>An officer who vouches for the person, met in person, without a document.</summary>
    Officer = 3,
}
