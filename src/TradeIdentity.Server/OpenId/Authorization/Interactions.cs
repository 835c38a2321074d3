using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>Seals interactions into return addresses, and opens them for the pages.</summary>
public sealed class Interactions(IDataProtectionProvider protection, TimeProvider time)
{
    internal const string Parameter = "interaction";

    // A person who fetches an authenticator from another room needs minutes; a tab of yesterday begins again.
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private const int LongestTicket = 8 * 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("TradeIdentity.OpenId.Interaction.v1");

    /// <summary>Opens what <paramref name="returnUrl"/> carries. False where it carries nothing that is ours and still good.</summary>
    public bool TryRead(string? returnUrl, [NotNullWhen(true)] out Interaction? interaction)
    {
        interaction = null;
        var query = returnUrl?.IndexOf('?', StringComparison.Ordinal) is { } at and >= 0 ? returnUrl[at..] : "";
        return QueryHelpers.ParseQuery(query).TryGetValue(Parameter, out var ticket) && ticket.Count == 1 && TryOpen(ticket[0], out interaction);
    }

    /// <summary>The return address with the person's answer, given in the session <paramref name="sid"/>.</summary>
    /// <exception cref="ArgumentException">The address carries no interaction; ask <see cref="TryRead"/> first.</exception>
    public string Answer(string returnUrl, InteractionAnswer answer, string sid) =>
        TryRead(returnUrl, out var interaction)
            ? WithTicket(returnUrl, interaction with { Answer = answer, AnsweredIn = sid })
            : throw new ArgumentException("The return address carries no interaction.", nameof(returnUrl));

    internal string WithTicket(string address, Interaction interaction)
    {
        var (path, query) = address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? (address[..at], address[at..]) : (address, "");
        var kept = QueryHelpers.ParseQuery(query).Where(parameter => parameter.Key != Parameter)
            .SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value)));
        return QueryHelpers.AddQueryString(path, [.. kept, KeyValuePair.Create(Parameter, (string?)Seal(interaction))]);
    }

    internal bool TryOpen(string? ticket, [NotNullWhen(true)] out Interaction? interaction)
    {
        interaction = null;
        if (ticket is not { Length: > 0 and <= LongestTicket })
        {
            return false;
        }

        try
        {
            var opened = JsonSerializer.Deserialize(_protector.Unprotect(WebEncoders.Base64UrlDecode(ticket)), AuthorizationJson.Default.Interaction);
            var age = time.GetUtcNow().ToUnixTimeSeconds() - (opened?.AskedAt ?? 0);
            interaction = age >= 0 && age <= Life.TotalSeconds ? opened : null;
            return interaction is not null;
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException or JsonException)
        {
            return false;
        }
    }

    private string Seal(Interaction interaction) =>
        WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(interaction, AuthorizationJson.Default.Interaction)));
}
