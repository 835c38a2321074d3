using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// An object of a document whose members are all known and occur once. An optional member that is null is absent.
/// Every fault is a <see cref="DocumentFaultException"/> with the path of what is wrong.
/// </summary>
internal readonly struct StrictObject
{
    private readonly JsonElement _element;
    private readonly string _path;

    private StrictObject(JsonElement element, string path) => (_element, _path) = (element, path);

    public delegate bool Parser<T>(ReadOnlySpan<char> text, [NotNullWhen(true)] out T? value)
        where T : class;

    public static StrictObject Of(JsonElement element, string path, params ReadOnlySpan<string> members)
    {
        RequireKind(element, path, JsonValueKind.Object, "an object");
        var seen = 0;
        foreach (var property in element.EnumerateObject())
        {
            var member = IndexOf(property, members);
            if (member < 0)
            {
                throw new DocumentFaultException("member_unknown", path, $"has a member that is none of {string.Join(", ", members)}");
            }

            if ((seen & (1 << member)) != 0)
            {
                throw new DocumentFaultException("member_duplicate", $"{path}.{members[member]}", "occurs twice");
            }

            seen |= 1 << member;
        }

        return new StrictObject(element, path);
    }

    public string Text(string member, int maxLength) => TextOf(Required(member), PathOf(member), maxLength);

    public string? OptionalText(string member, int maxLength) =>
        Optional(member, (value, path) => TextOf(value, path, maxLength));

    public string RawText(string member) => RawTextOf(Required(member), PathOf(member));

    public T Parsed<T>(string member, Parser<T> parser, string code)
        where T : class =>
        ParsedOf(Required(member), PathOf(member), parser, code);

    public T? OptionalParsed<T>(string member, Parser<T> parser, string code)
        where T : class =>
        Optional(member, (value, path) => ParsedOf(value, path, parser, code));

    public T? Optional<T>(string member, Func<JsonElement, string, T> read) =>
        _element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? read(value, PathOf(member)) : default;

    public T Read<T>(string member, Func<JsonElement, string, T> read) => read(Required(member), PathOf(member));

    /// <summary>An array whose items differ; absent: empty.</summary>
    public IReadOnlyList<T> Distinct<T>(string member, int maxItems, Func<JsonElement, string, T> read, Func<T, object>? key = null)
        where T : notnull =>
        Optional(member, (array, path) => ItemsOf(array, path, maxItems, read, key)) ?? [];

    /// <summary>An RFC 3339 time.</summary>
    public DateTimeOffset? OptionalTime(string member) => Optional<DateTimeOffset?>(member, (value, path) =>
    {
        // The formats are fixed to RFC 3339 with its offset; a time without one would be a local guess.
        var text = RawTextOf(value, path);
        return text.Length >= 20 && (text[^1] == 'Z' || text[^3] == ':') && text[10] == 'T' && value.TryGetDateTimeOffset(out var time)
            ? time
            : throw new DocumentFaultException("time_invalid", path, "is not an RFC 3339 time with its offset");
    });

    /// <summary>A calendar date, <c>2024-01-31</c>.</summary>
    public static DateOnly DateOf(JsonElement value, string path) =>
        DateOnly.TryParseExact(RawTextOf(value, path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new DocumentFaultException("date_invalid", path, "is not a date of the form 2024-01-31");

    /// <summary>Text for people: printable, and made trimmed and NFC.</summary>
    public static string TextOf(JsonElement value, string path, int maxLength)
    {
        var text = RawTextOf(value, path);
        if (text.Length > maxLength)
        {
            throw new DocumentFaultException("text_too_long", path, $"has more than {maxLength} characters");
        }

        return PrintableText.Normalise(text, maxLength)
            ?? throw new DocumentFaultException("text_invalid", path, "is empty or has characters that do not print");
    }

    public static string RawTextOf(JsonElement value, string path)
    {
        RequireKind(value, path, JsonValueKind.String, "a string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape that names half a surrogate pair.
            throw new DocumentFaultException("text_invalid", path, "is not Unicode text");
        }
    }

    private static T ParsedOf<T>(JsonElement value, string path, Parser<T> parser, string code)
        where T : class =>
        parser(RawTextOf(value, path), out var parsed) ? parsed : throw new DocumentFaultException(code, path, "is malformed or not known");

    private static List<T> ItemsOf<T>(JsonElement array, string path, int maxItems, Func<JsonElement, string, T> read, Func<T, object>? key)
        where T : notnull
    {
        RequireKind(array, path, JsonValueKind.Array, "an array");
        if (array.GetArrayLength() > maxItems)
        {
            throw new DocumentFaultException("too_many_items", path, $"has more than {maxItems} items");
        }

        var items = new List<T>(array.GetArrayLength());
        var keys = new HashSet<object>();
        foreach (var element in array.EnumerateArray())
        {
            var item = read(element, $"{path}[{items.Count}]");
            if (!keys.Add(key?.Invoke(item) ?? item))
            {
                throw new DocumentFaultException("item_duplicate", $"{path}[{items.Count}]", "occurs twice");
            }

            items.Add(item);
        }

        return items;
    }

    private static void RequireKind(JsonElement element, string path, JsonValueKind kind, string name)
    {
        if (element.ValueKind != kind)
        {
            throw new DocumentFaultException("type_wrong", path, $"is not {name}");
        }
    }

    private static int IndexOf(JsonProperty property, ReadOnlySpan<string> members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (property.NameEquals(members[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private JsonElement Required(string member) =>
        _element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : throw new DocumentFaultException("member_missing", PathOf(member), "is missing");

    private string PathOf(string member) => $"{_path}.{member}";
}
