namespace TradeIdentity.Authority.Aeo;

/// <summary>How far a request for information is. All but the first are for good.</summary>
public enum AeoRequestState
{
    Open = 1,
    Answered,

    /// <summary>The application was decided without an answer.</summary>
    Closed,
}
