using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Verification.Tests.Vectors;

/// <summary><c>tests/vectors/verdicts.json</c>: described in <c>docs/verifier-vectors.md</c>.</summary>
internal sealed record PublishedVerdicts(JsonElement Anchor, SortedDictionary<string, byte[]> Bundles, IReadOnlyList<PublishedVector> Vectors);

internal sealed record PublishedVector(
    string Name,
    string About,
    string Bundle,
    long? NewestSequence,
    DateTimeOffset At,
    long? MaxStatusAge,
    IReadOnlyDictionary<int, long>? MaxStatusAgeByType,
    long? ClockTolerance,
    string Text,
    JsonElement Verdict);

/// <summary><c>tests/vectors/deltas.json</c>.</summary>
internal sealed record PublishedDeltas(JsonElement Anchor, SortedDictionary<string, byte[]> Bundles, IReadOnlyList<PublishedDelta> Vectors);

internal sealed record PublishedDelta(string Name, string About, string Bundle, string Delta, string? Failure, byte[]? Result, IReadOnlyList<PublishedAfter>? After);

internal sealed record PublishedAfter(DateTimeOffset At, string Text, JsonElement Verdict);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PublishedVerdicts))]
[JsonSerializable(typeof(PublishedDeltas))]
internal sealed partial class VectorJson : JsonSerializerContext;
