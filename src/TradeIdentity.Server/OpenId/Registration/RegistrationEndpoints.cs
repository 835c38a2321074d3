using System.Net.Mime;
using System.Text.Json.Nodes;
using OpenIddict.Server;
using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.OpenId.Registration;

/// <summary>
/// Dynamic client registration (RFC 7591) and its management (RFC 7592). The body's size is bounded by
/// <see cref="OpenIdRequestBounds"/>, which also keeps the answers out of caches.
/// </summary>
internal static class RegistrationEndpoints
{
    private const string Path = "connect/register";

    internal static void Register(OpenIddictServerBuilder server, IssuerAddress issuer) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Metadata["registration_endpoint"] = $"{issuer.Text}/{Path}";
            return default;
        }));

    internal static void MapRegistration(this IEndpointRouteBuilder app)
    {
        app.MapPost($"/{Path}", RegisterAsync).ExcludeFromDescription();
        app.MapGet($"/{Path}/{{clientId}}", ReadAsync).ExcludeFromDescription();
        app.MapPut($"/{Path}/{{clientId}}", ReplaceAsync).ExcludeFromDescription();
        app.MapDelete($"/{Path}/{{clientId}}", DeleteAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> RegisterAsync(
        HttpRequest request, RegisterClient register, OfferedTerms terms, IssuerAddress issuer, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return NotJson();
        }

        var outcome = await register.ExecuteAsync(Bearer(request), await BodyAsync(request, cancellationToken), terms.Current, cancellationToken);
        return outcome.Match(client => Answer(client, issuer, StatusCodes.Status201Created), refusal => Refused(refusal, request));
    }

    private static async Task<IResult> ReadAsync(string clientId, HttpRequest request, OwnRegistration own, IssuerAddress issuer, CancellationToken cancellationToken) =>
        (await own.ReadAsync(clientId, Bearer(request), cancellationToken)).Match(client => Answer(client, issuer, StatusCodes.Status200OK), refusal => Refused(refusal, request));

    private static async Task<IResult> ReplaceAsync(
        string clientId, HttpRequest request, OwnRegistration own, OfferedTerms terms, IssuerAddress issuer, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return NotJson();
        }

        var outcome = await own.ReplaceAsync(clientId, Bearer(request), await BodyAsync(request, cancellationToken), terms.Current, cancellationToken);
        return outcome.Match(client => Answer(client, issuer, StatusCodes.Status200OK), refusal => Refused(refusal, request));
    }

    private static async Task<IResult> DeleteAsync(string clientId, HttpRequest request, OwnRegistration own, CancellationToken cancellationToken) =>
        (await own.DeleteAsync(clientId, Bearer(request), cancellationToken)).Match(_ => Results.NoContent(), refusal => Refused(refusal, request));

    private static IResult Answer(RegisteredClient client, IssuerAddress issuer, int status)
    {
        client.Metadata["registration_client_uri"] = $"{issuer.Text}/{Path}/{client.ClientId}";
        return Json(client.Metadata, status);
    }

    private static IResult Refused(Refusal refusal, HttpRequest request)
    {
        var status = refusal.Code switch
        {
            "invalid_token" => StatusCodes.Status401Unauthorized,
            "too_many_requests" => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };
        if (status == StatusCodes.Status401Unauthorized)
        {
            // RFC 6750 §3.1: a request without a token is told nothing of an error.
            request.HttpContext.Response.Headers.WWWAuthenticate = request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        }
        else if (status == StatusCodes.Status429TooManyRequests)
        {
            request.HttpContext.Response.Headers.RetryAfter = "60";
        }

        return Json(new JsonObject { ["error"] = refusal.Code, ["error_description"] = refusal.Detail }, status);
    }

    private static IResult NotJson() =>
        Json(new JsonObject { ["error"] = "invalid_client_metadata", ["error_description"] = "Send application/json." }, StatusCodes.Status415UnsupportedMediaType);

    private static IResult Json(JsonObject json, int status) => Results.Text(json.ToJsonString(), MediaTypeNames.Application.Json, statusCode: status);

    // RFC 6750 §2.1, and no other place: a token in an address ends in logs.
    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
