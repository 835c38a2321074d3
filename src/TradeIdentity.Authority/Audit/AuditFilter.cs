namespace TradeIdentity.Authority.Audit;

/// <summary>Which entries of the trail are read; what is null lets all pass.</summary>
/// <param name="Subject">What it was done to, as it is written: <c>operator:NL854502130</c>.</param>
/// <param name="Actor">Who did it, as it is written: an account or client id, or <c>system</c>.</param>
/// <param name="Act">The name of the act.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="Until">The last day, UTC.</param>
public sealed record AuditFilter(string? Subject = null, string? Actor = null, string? Act = null, DateOnly? From = null, DateOnly? Until = null);
