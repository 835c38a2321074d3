using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>The questionnaires that come with the program, every version of each; a programme without one asks nothing.</summary>
public sealed class QuestionnaireCatalogue
{
    private const string Folder = "TradeIdentity.Authority.Aeo.Questionnaires.";

    private readonly IReadOnlyList<Questionnaire> _all;

    private QuestionnaireCatalogue(IReadOnlyList<Questionnaire> all) => _all = all;

    public static QuestionnaireCatalogue Embedded { get; } = new([.. ReadEmbedded()]);

    public IReadOnlyList<Questionnaire> All => _all;

    /// <summary>That of a version; null: the newest; answers null where there is none.</summary>
    public Questionnaire? Find(string programme, int? version) =>
        _all.Where(each => each.Programmes.Contains(programme) && (version is null || each.Version == version)).MaxBy(each => each.Version);

    private static IEnumerable<Questionnaire> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize(stream, QuestionnaireJson.Default.Questionnaire) ?? throw new JsonException($"{name} is null.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Questionnaire))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class QuestionnaireJson : JsonSerializerContext;
