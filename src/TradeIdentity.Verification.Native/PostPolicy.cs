using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Verification.Native;

/// <summary>A post's policy as JSON: <c>{"maxStatusAge":3600,"maxStatusAgeByType":{"2":60},"clockTolerance":30}</c>, in seconds.</summary>
internal static class PostPolicy
{
    private const int MostBytes = 4096;

    // A century: a longer time is a mistake.
    private const long MostSeconds = 100L * 366 * 86_400;

    /// <summary>False for what is none; a member that is not known could have been meant to be strict.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out VerificationPolicy policy)
    {
        policy = VerificationPolicy.Default;
        if (json.IsEmpty)
        {
            return true;
        }

        if (json.Length > MostBytes)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var byType = new Dictionary<int, TimeSpan>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "maxStatusAge":
                        policy = policy with { MaxStatusAge = Seconds(member.Value) };
                        break;
                    case "clockTolerance":
                        policy = policy with { ClockTolerance = Seconds(member.Value) };
                        break;
                    case "maxStatusAgeByType":
                        foreach (var type in member.Value.EnumerateObject())
                        {
                            byType.Add(int.Parse(type.Name, NumberStyles.None, CultureInfo.InvariantCulture), Seconds(type.Value));
                        }

                        break;
                    default:
                        return false;
                }
            }

            policy = policy with { MaxStatusAgeByType = byType };
            return true;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static TimeSpan Seconds(JsonElement value) =>
        value.GetInt64() is >= 0 and <= MostSeconds and var seconds ? TimeSpan.FromSeconds(seconds) : throw new FormatException();
}
