using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Tests.Shared;

namespace TradeIdentity.Server.Tests.Site;

/// <summary>Every text of pages, mails and notices, in every language; docs/languages.md says how one is added.</summary>
public sealed partial class WordsTests
{
    private static readonly string Sources = Repository.PathOf("src");

    private static readonly string Same = Repository.PathOf("tests", "TradeIdentity.Server.Tests", "Site", "same-as-in-english.txt");

    /// <summary>The English files, which have no language in their names.</summary>
    public static TheoryData<string> Files =>
        [.. SourceFiles("*.resx").Where(file => !Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal)).Select(Relative)];

    [Theory, MemberData(nameof(Files))]
    public void Every_text_is_in_every_language_and_speaks_of_the_same(string file)
    {
        var english = Read(file);
        var same = ReadSame();
        var faults = new List<string>();
        foreach (var language in SpokenLanguages.All.Where(language => language != SpokenLanguages.English))
        {
            var path = Path.ChangeExtension(file, $".{language.Code}.resx");
            var texts = File.Exists(Repository.PathOf(path)) ? Read(path) : [];
            faults.AddRange(english.Keys.Except(texts.Keys).Select(key => $"{path}: {key} is missing in {language.Code} (English: {english[key]})"));
            faults.AddRange(texts.Keys.Except(english.Keys).Select(key => $"{path}: {key} is in {language.Code} and not in English"));
            foreach (var key in english.Keys.Intersect(texts.Keys))
            {
                if (Placeholders(english[key]) != Placeholders(texts[key]))
                {
                    faults.Add($"{path}: {key} has other placeholders in {language.Code} than in English ({english[key]})");
                }

                var isListed = same.Contains($"{language.Code} {Path.GetFileNameWithoutExtension(file)} {key}");
                if ((english[key] == texts[key] && HasWords(texts[key])) != isListed)
                {
                    faults.Add(isListed
                        ? $"{Relative(Same)}: {key} in {language.Code} is not the same as in English: take the line away"
                        : $"{path}: {key} is English in {language.Code} ({english[key]}): translate it, or list it in {Relative(Same)} if it is rightly the same");
                }
            }
        }

        Assert.NotEmpty(english);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void The_list_of_texts_that_are_the_same_names_texts_that_exist()
    {
        var texts = Files.SelectMany(row => Read(row.Data).Keys.Select(key => $"{Path.GetFileNameWithoutExtension(row.Data)} {key}")).ToHashSet(StringComparer.Ordinal);
        Assert.All(ReadSame(), line => Assert.Contains(line[3..], texts));
    }

    [Fact]
    public void Days_that_people_read_are_written_in_one_place()
    {
        // The card is in English.
        var faults = SourceFiles("*.cs").Concat(SourceFiles("*.cshtml")).Select(Relative)
            .Where(file => !file.Contains("Languages", StringComparison.Ordinal) && !file.Contains("Cards", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Contains("MMMM", StringComparison.Ordinal)).ToArray();
        Assert.True(faults.Length == 0, $"{string.Join(", ", faults)}: write days with WrittenDay.Of, and moments with WrittenDay.WithTime: 3 March 2026 is 2026年3月3日 in Chinese.");
    }

    [Fact]
    public void Every_name_of_a_data_file_is_in_every_language()
    {
        var faults = new List<string>();
        var count = 0;
        foreach (var file in SourceFiles("*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var (path, names) in NamesIn(document.RootElement, ""))
            {
                count++;
                faults.AddRange(SpokenLanguages.All.Where(language => !names.TryGetProperty(language.Code, out var name) || string.IsNullOrWhiteSpace(name.GetString()))
                    .Select(language => $"{Relative(file)}: {path} has no {language.Code} (English: {names.GetProperty("en")})"));
            }
        }

        Assert.NotEqual(0, count);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // Texts by language: an object that has the same text in English and in French at least.
    private static IEnumerable<(string Path, JsonElement Names)> NamesIn(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("en", out var english) && english.ValueKind == JsonValueKind.String => [(path, element)],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => NamesIn(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => NamesIn(item, $"{path}[{index}]")),
        _ => [],
    };

    private static IEnumerable<string> SourceFiles(string pattern) => Directory.GetFiles(Sources, pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules" or "data"));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Repository.PathOf(file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static HashSet<string> ReadSame() => [.. File.ReadLines(Same).Where(line => line.Length > 0 && line[0] != '#')];

    private static string Placeholders(string text) => string.Concat(Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    // LEI and GLN are no words of any language.
    private static bool HasWords(string text) => Placeholder().Replace(text, "").Any(char.IsLower);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
