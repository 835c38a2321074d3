namespace TradeIdentity.Authority.Audit;

/// <summary>
/// What an act leaves in the audit trail: who did what to whom. <paramref name="Details"/> is a JSON object and may hold
/// personal data: the chain covers its salted digest, so that it can be erased later and the chain still verifies.
/// </summary>
/// <param name="Actor">Client id or account id of who acted, or <c>system</c>.</param>
/// <param name="Act">The act's name in kebab case, e.g. <c>credential-issued</c>.</param>
/// <param name="Subject">What it was done to, e.g. <c>operator:NL854502130</c> or <c>credential:…</c>.</param>
/// <param name="Details">A JSON object.</param>
public sealed record AuditRecord(string Actor, string Act, string Subject, string Details);
