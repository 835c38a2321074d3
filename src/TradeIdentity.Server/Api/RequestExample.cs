using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Server.Api;

/// <summary>Metadata of an endpoint: a body that it takes, for the OpenAPI document.</summary>
internal sealed record RequestExample([StringSyntax(StringSyntaxAttribute.Json)] string Json);
