using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.Api;

/// <summary>Leaves out of documents what <see cref="PrivacyTable"/> does not let their viewer learn: from the answer and from its description alike.</summary>
internal static class TellByTable
{
    /// <summary>A modifier of JSON contracts.</summary>
    internal static void Apply(JsonTypeInfo type) => Apply(type, PrivacyTable.May);

    internal static void Apply(JsonTypeInfo type, Func<Viewer, PrivateFact, bool> may)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetCustomAttribute<ToldToAttribute>() is not { Viewer: var viewer })
        {
            return;
        }

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (FactOf(type.Properties[i]) is { } fact && !may(viewer, fact))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }

    private static PrivateFact? FactOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(TellsAttribute), inherit: false).OfType<TellsAttribute>().SingleOrDefault()?.Fact;
}
