using System.Text.Json.Serialization;

namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>A session that just ended in this browser.</summary>
/// <param name="Sid">The session.</param>
/// <param name="Clients">Whom the browser is to tell.</param>
/// <param name="Next">Where it goes on to.</param>
/// <param name="At">When, Unix seconds.</param>
internal sealed record SignedOutTicket(string Sid, IReadOnlyList<string> Clients, string? Next, long At);

[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SignedOutTicket))]
internal sealed partial class LogoutJson : JsonSerializerContext;
