namespace TradeIdentity.Verification.Tests;

public class Smoke
{
    [Fact]
    public void Runs() => Assert.NotNull(typeof(Smoke).FullName);
}
