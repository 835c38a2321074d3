namespace TradeIdentity.Codecs.Cwt;

/// <summary>How the times of a CWT may be written.</summary>
public enum NumericDates
{
    /// <summary>Whole seconds only, as the QR profile and the status lists of this product write them.</summary>
    WholeSeconds = 0,

    /// <summary>Floats too, as RFC 8392 §2 lets foreign tokens write them, and the tag 1 that it has them leave out.</summary>
    FractionsAllowed = 1,
}
