namespace TradeIdentity.Authority.OpenId;

/// <summary>The JSON type of a client's metadata.</summary>
public enum ClientMetadataKind
{
    Text,

    /// <summary>A text that may also come in other languages, as <c>name#tag</c>.</summary>
    LocalizedText,

    Flag,

    /// <summary>A whole number of seconds, not negative.</summary>
    Seconds,

    Texts,

    /// <summary>A JWK set.</summary>
    Keys,
}
