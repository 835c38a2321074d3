namespace TradeIdentity.Codecs.Cbor;

/// <summary>The major types of CBOR (RFC 8949 §3.1), with their numbers.</summary>
public enum CborKind
{
    /// <summary>No item: the end of the input.</summary>
    None = -1,

    /// <summary>Major type 0.</summary>
    Unsigned = 0,

    /// <summary>Major type 1.</summary>
    Negative = 1,

    /// <summary>Major type 2.</summary>
    Bytes = 2,

    /// <summary>Major type 3.</summary>
    Text = 3,

    /// <summary>Major type 4.</summary>
    Array = 4,

    /// <summary>Major type 5.</summary>
    Map = 5,

    /// <summary>Major type 6.</summary>
    Tag = 6,

    /// <summary>Major type 7: booleans, null, floats.</summary>
    Simple = 7,
}
