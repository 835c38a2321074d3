namespace TradeIdentity.Authority.Accounts;

/// <summary>A person's name as the person gave it; either part can be empty.</summary>
public sealed record PersonName(string Given, string Family)
{
    public const int MaxLength = 100;

    public override string ToString() => $"{Given} {Family}".Trim();
}
