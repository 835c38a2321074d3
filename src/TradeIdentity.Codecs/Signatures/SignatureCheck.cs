namespace TradeIdentity.Codecs.Signatures;

/// <summary>What checking a signature found. The numbers are stable.</summary>
public enum SignatureCheck
{
    /// <summary>The key made this signature over these bytes.</summary>
    Valid = 0,

    /// <summary>It did not.</summary>
    Invalid = 1,

    /// <summary>The message names an algorithm that is unknown here or not on the caller's list.</summary>
    AlgorithmNotAllowed = 2,

    /// <summary>The algorithm is for another type of key than the one given.</summary>
    KeyOfAnotherType = 3,

    /// <summary>The message names another key than the one given.</summary>
    OtherKeyId = 4,

    /// <summary>A header marked critical (RFC 9052 §3.1, RFC 7515 §4.1.11) is not understood here.</summary>
    UnknownCriticalHeader = 5,

    /// <summary>The payload is detached: there is nothing to check the signature over.</summary>
    NoPayload = 6,
}
