using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Tests.Vectors;

/// <summary>The vectors that are published for other implementations: this one gives every answer of theirs.</summary>
public sealed class VectorTests
{
    // A one-time presentation is not of this version.
    private static readonly RejectionReason[] NotGiven = [RejectionReason.Replayed, RejectionReason.HolderBindingInvalid];

    private static readonly string Folder = Repository.PathOf("tests/vectors");

    public static TheoryData<string> VerdictNames => [.. Verdicts.Vectors.Select(vector => vector.Name)];

    public static TheoryData<string> DeltaNames => [.. Deltas.Vectors.Select(vector => vector.Name)];

    private static readonly Lazy<PublishedVerdicts> ReadVerdicts = new(() => Read("verdicts.json", VectorJson.Default.PublishedVerdicts));

    private static readonly Lazy<PublishedDeltas> ReadDeltas = new(() => Read("deltas.json", VectorJson.Default.PublishedDeltas));

    private static PublishedVerdicts Verdicts => ReadVerdicts.Value;

    private static PublishedDeltas Deltas => ReadDeltas.Value;

    [Theory]
    [MemberData(nameof(VerdictNames))]
    public void The_verdict_is_the_published_one(string name)
    {
        var vector = Verdicts.Vectors.Single(each => each.Name == name);
        var failure = TrustBundle.TryLoad(Verdicts.Bundles[vector.Bundle], [AnchorOf(Verdicts.Anchor)], vector.NewestSequence ?? 0, out var bundle);
        var verdict = bundle is null ? Verdict.WithoutBundle(failure, vector.At) : OfflineVerifier.Verify(vector.Text, bundle, vector.At, PolicyOf(vector));
        AreSame(vector.Verdict, verdict);
    }

    [Theory]
    [MemberData(nameof(DeltaNames))]
    public void The_delta_is_taken_or_refused_as_published(string name)
    {
        var vector = Deltas.Vectors.Single(each => each.Name == name);
        var anchors = new[] { AnchorOf(Deltas.Anchor) };
        var failure = BundleFile.TryApply(Deltas.Bundles[vector.Bundle], Convert.FromBase64String(vector.Delta), anchors, out var applied);
        Assert.Equal(vector.Failure, failure == BundleFailure.None ? null : Code(failure));
        Assert.Equal(vector.Result ?? [], applied);
        if (vector.After is not null)
        {
            Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(applied, anchors, 0, out var bundle));
            Assert.All(vector.After, after => AreSame(after.Verdict, OfflineVerifier.Verify(after.Text, bundle!, after.At)));
        }
    }

    [Fact]
    public void Every_reason_has_a_vector_and_no_two_have_one_name()
    {
        var given = Verdicts.Vectors.Select(vector => vector.Verdict.GetProperty("reason").GetString()).ToHashSet();
        var codes = Enum.GetValues<RejectionReason>().Except(NotGiven).Select(reason => reason.Code()).Concat(Enum.GetValues<Doubt>().Select(doubt => doubt.Code()));
        Assert.Superset(codes.ToHashSet<string?>(), given);
        Assert.Equal(Verdicts.Vectors.Count, Verdicts.Vectors.DistinctBy(vector => vector.Name).Count());
        Assert.Equal(Enum.GetValues<BundleFailure>().Except([BundleFailure.None, BundleFailure.Rollback]).Select(Code).Order(), Deltas.Vectors.Select(vector => vector.Failure).OfType<string>().Distinct().Order());
    }

    /// <summary>Made by hand, with what is right stated beside each: <c>--filter-method '*Writes_the_vectors*' --explicit on</c>.</summary>
    [Fact(Explicit = true)]
    public void Writes_the_vectors()
    {
        using var cases = new VectorCases();
        Directory.CreateDirectory(Folder);
        var anchor = JsonElement.Parse(cases.Anchor.ToJwk());
        SortedDictionary<string, byte[]> bundles = new(StringComparer.Ordinal);
        var vectors = cases.Verdicts().Select(each =>
        {
            // A signature is another each time: of two cases with one bundle the first one's file is it.
            var file = bundles.TryGetValue(each.Bundle.Name, out var held) ? held : bundles[each.Bundle.Name] = each.Bundle.File;
            var failure = TrustBundle.TryLoad(file, [cases.Anchor], each.NewestSequence, out var bundle);
            var verdict = bundle is null ? Verdict.WithoutBundle(failure, each.At) : OfflineVerifier.Verify(each.Text, bundle, each.At, each.Policy);
            Assert.True(each.Verdict == TestIssuer.Word(verdict), $"{each.Name}: {each.Verdict} is right, and {TestIssuer.Word(verdict)} was given.");
            return new PublishedVector(
                each.Name,
                each.About,
                each.Bundle.Name,
                each.NewestSequence == 0 ? null : each.NewestSequence,
                each.At,
                (long?)each.Policy.MaxStatusAge?.TotalSeconds,
                each.Policy.MaxStatusAgeByType.Count == 0 ? null : each.Policy.MaxStatusAgeByType.ToDictionary(age => age.Key, age => (long)age.Value.TotalSeconds),
                each.Policy.ClockTolerance == VerificationPolicy.Default.ClockTolerance ? null : (long)each.Policy.ClockTolerance.TotalSeconds,
                each.Text,
                JsonElement.Parse(verdict.ToJson()));
        }).ToList();
        Write("verdicts.json", new PublishedVerdicts(anchor, bundles, vectors), VectorJson.Default.PublishedVerdicts);

        bundles = new(StringComparer.Ordinal);
        var deltas = cases.Deltas().Select(each =>
        {
            bundles.TryAdd(each.Bundle.Name, each.Bundle.File);
            var failure = BundleFile.TryApply(each.Bundle.File, each.Delta, [cases.Anchor], out var applied);
            Assert.True(each.Failure == failure, $"{each.Name}: {each.Failure} is right, and {failure} was given.");
            var at = TestIssuer.Now.AddHours(2);
            var after = each.After.Select(read =>
            {
                Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(applied, [cases.Anchor], 0, out var bundle));
                var verdict = OfflineVerifier.Verify(read.Text, bundle!, at);
                Assert.True(read.Verdict == TestIssuer.Word(verdict), $"{each.Name}: {read.Verdict} is right, and {TestIssuer.Word(verdict)} was given.");
                return new PublishedAfter(at, read.Text, JsonElement.Parse(verdict.ToJson()));
            }).ToList();
            return new PublishedDelta(
                each.Name, each.About, each.Bundle.Name, Convert.ToBase64String(each.Delta), failure == BundleFailure.None ? null : Code(failure), applied.Length == 0 ? null : applied, after.Count == 0 ? null : after);
        }).ToList();
        Write("deltas.json", new PublishedDeltas(anchor, bundles, deltas), VectorJson.Default.PublishedDeltas);
    }

    private static TrustAnchor AnchorOf(JsonElement jwk) =>
        TrustAnchor.TryRead(JsonSerializer.SerializeToUtf8Bytes(jwk), out var anchor) ? anchor : throw new InvalidDataException("The anchor of the vectors is none.");

    private static VerificationPolicy PolicyOf(PublishedVector vector) => new()
    {
        MaxStatusAge = vector.MaxStatusAge is { } age ? TimeSpan.FromSeconds(age) : null,
        MaxStatusAgeByType = (vector.MaxStatusAgeByType ?? new Dictionary<int, long>()).ToDictionary(each => each.Key, each => TimeSpan.FromSeconds(each.Value)),
        ClockTolerance = vector.ClockTolerance is { } tolerance ? TimeSpan.FromSeconds(tolerance) : VerificationPolicy.Default.ClockTolerance,
    };

    // As documents, whatever order their members have.
    private static void AreSame(JsonElement published, Verdict given)
    {
        using var json = JsonDocument.Parse(given.ToJson());
        Assert.True(JsonElement.DeepEquals(published, json.RootElement), $"Published: {published}\nGiven: {json.RootElement}");
    }

    private static string Code(BundleFailure failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());

    private static T Read<T>(string name, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Folder, name)), type)!;

    // Letters stand as they are: a person reads these files too.
    private static void Write<T>(string name, T vectors, JsonTypeInfo<T> type)
    {
        using var stream = File.Create(Path.Combine(Folder, name));
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(writer, vectors, type);
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }
}
