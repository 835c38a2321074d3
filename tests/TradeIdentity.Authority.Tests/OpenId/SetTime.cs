namespace TradeIdentity.Authority.Tests.OpenId;

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class SetTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
