namespace TradeIdentity.Verification.Trust;

/// <summary>A credential type of the catalogue.</summary>
public sealed record CredentialTypeEntry
{
    /// <summary>Code inside a credential.</summary>
    public required int Code { get; init; }

    /// <summary>Name over the wire, e.g. <c>AeoStatus</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name on the screen, by language tag.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Names { get; init; } = [];
}
