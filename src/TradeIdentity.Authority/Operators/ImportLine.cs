namespace TradeIdentity.Authority.Operators;

/// <summary>A line of an import.</summary>
/// <param name="Number">From 1, blank lines counted.</param>
/// <param name="Utf8">Its bytes without the line feed; valid until the next line is asked for.</param>
/// <param name="IsTooLong">It passed the bound, and its bytes were let go.</param>
public readonly record struct ImportLine(long Number, ReadOnlyMemory<byte> Utf8, bool IsTooLong);
