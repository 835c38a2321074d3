namespace TradeIdentity.Authority.Statistics;

/// <summary>The register in numbers, as of one moment.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="Operators">All that the register holds.</param>
/// <param name="Ended">Of them, those that were merged, divided or given another number.</param>
/// <param name="MandatesInForce">Accepted, and within their dates.</param>
/// <param name="ByCountry">Operators of each country of registration, the most first.</param>
/// <param name="Aeo">AEO components of each programme, component and status.</param>
/// <param name="Months">The last twelve months, the oldest first.</param>
public sealed record RegisterFigures(
    DateTimeOffset AsOf, long Operators, long Ended, long MandatesInForce, IReadOnlyList<CountryFigure> ByCountry, IReadOnlyList<AeoFigure> Aeo, IReadOnlyList<MonthFigure> Months);

/// <summary>Operators of a country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Operators">How many.</param>
public sealed record CountryFigure(string Country, long Operators);

/// <summary>AEO components in a status.</summary>
/// <param name="Programme">Its code.</param>
/// <param name="Component">Its code.</param>
/// <param name="Status">Its code.</param>
/// <param name="Operators">How many.</param>
public sealed record AeoFigure(string Programme, string Component, string Status, long Operators);

/// <summary>Applications for AEO status in a month, UTC.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Submitted">Applications that came.</param>
/// <param name="Granted">Applications that were granted.</param>
/// <param name="Refused">Applications that were refused, or rejected as incomplete.</param>
/// <param name="MedianDays">From submission to the decision; null: nothing was decided.</param>
public sealed record MonthFigure(DateOnly Month, int Submitted, int Granted, int Refused, int? MedianDays);
