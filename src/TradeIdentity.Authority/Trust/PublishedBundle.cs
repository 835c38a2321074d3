namespace TradeIdentity.Authority.Trust;

/// <summary>A trust bundle as it is published.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="NextUpdateAt">When the next is due.</param>
/// <param name="StatusWatermark">Sequence of the last status change that it has seen.</param>
/// <param name="FrameDigest">SHA-256 of all in it that a delta cannot change: keys, catalogues, which lists there are.</param>
/// <param name="Message">The signed file.</param>
public sealed record PublishedBundle(
    long Sequence, DateTimeOffset IssuedAt, DateTimeOffset NextUpdateAt, long StatusWatermark, byte[] FrameDigest, byte[] Message);
