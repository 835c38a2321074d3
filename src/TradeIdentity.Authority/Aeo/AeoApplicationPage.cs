namespace TradeIdentity.Authority.Aeo;

/// <summary>A page of applications, the first that is due first.</summary>
/// <param name="Applications">At most as many as were asked for.</param>
/// <param name="NextCursor">Gives the next page; null: this is the last.</param>
/// <param name="Total">How many there are on all pages, counted to <see cref="AeoApplications.MostCounted"/>.</param>
public sealed record AeoApplicationPage(IReadOnlyList<AeoApplication> Applications, string? NextCursor, int Total);
