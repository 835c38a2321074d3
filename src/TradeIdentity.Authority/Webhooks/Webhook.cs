using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>Where an operator has its notices sent.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Tin">The operator.</param>
/// <param name="Address">An https address; an operator has each once.</param>
/// <param name="State">Whether notices are sent there now.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record Webhook(string Id, Tin Tin, string Address, WebhookState State, DateTimeOffset CreatedAt);

/// <summary>Whether notices are sent to a webhook.</summary>
public enum WebhookState
{
    /// <summary>Nobody has answered there yet: it is sent nothing but the question.</summary>
    Unconfirmed,

    /// <summary>Each new notice is sent.</summary>
    Active,

    /// <summary>It did not answer for so long that sending was given up; an answer to another question starts it again.</summary>
    Paused,
}
