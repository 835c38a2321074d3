using System.Globalization;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Operators;

/// <summary>What became of an operator, as its table has it.</summary>
internal record OperatorSuccessionRow
{
    public const string SuccessionColumns = "succession_kind AS SuccessionKind, succeeded_on AS SucceededOn, successors AS Successors";

    public long? SuccessionKind { get; init; }

    public string? SucceededOn { get; init; }

    public string? Successors { get; init; }

    public OperatorSuccession? ToSuccession() => SuccessionKind is { } kind
        ? new OperatorSuccession(
            (SuccessionKind)kind,
            DateOnly.ParseExact(SucceededOn!, "O", CultureInfo.InvariantCulture),
            [.. TextSet.Read(Successors!).Select(tin => Tin.Parse(tin))])
        : null;
}
