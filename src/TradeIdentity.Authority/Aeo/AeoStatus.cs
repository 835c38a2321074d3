namespace TradeIdentity.Authority.Aeo;

/// <summary>The state of one AEO component of one operator; stored and exchanged by the code of <see cref="AeoCodes"/>.</summary>
public enum AeoStatus
{
    Draft = 1,
    Submitted,
    Accepted,
    IdentityVerified,
    RiskAssessed,
    Granted,
    Suspended,
    Revoked,
    Relinquished,
    Expired,
    Superseded,
    Rejected,
    Refused,

    /// <summary>The applicant took the application back before it was decided.</summary>
    Withdrawn,
}
