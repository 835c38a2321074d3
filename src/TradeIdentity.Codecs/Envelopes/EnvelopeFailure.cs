namespace TradeIdentity.Codecs.Envelopes;

/// <summary>Why an envelope of others was not read: the first layer that failed, from the outside in. The numbers are stable.</summary>
public enum EnvelopeFailure
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>The text is longer than any QR code holds.</summary>
    TooLong = 1,

    /// <summary>The text does not start with the prefix of the format.</summary>
    Prefix = 2,

    /// <summary>The text is not Base45 (RFC 9285).</summary>
    Base45 = 3,

    /// <summary>The bytes are not one zlib stream (RFC 1950), or inflate to more than 64 KB.</summary>
    Compression = 4,

    /// <summary>The bytes are no COSE message of the kinds that the format knows.</summary>
    NotCose = 5,

    /// <summary>The payload is no map of claims (RFC 8392).</summary>
    Cbor = 6,

    /// <summary>A claim that makes the format what it is, is not there.</summary>
    MissingClaim = 7,

    /// <summary>A claim of the format is of another type than the format says.</summary>
    MalformedClaim = 8,

    /// <summary>The message is encrypted and no key was given.</summary>
    KeyNeeded = 9,

    /// <summary>The message is not encrypted under the key that was given, or with another algorithm, or was changed.</summary>
    Decryption = 10,
}
