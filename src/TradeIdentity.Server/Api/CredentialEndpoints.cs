using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Cards;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Server.Api;

/// <summary>Issues credentials, shows them, and changes their status.</summary>
internal static class CredentialEndpoints
{
    internal static void MapCredentials(this IEndpointRouteBuilder api)
    {
        var credentials = api.MapGroup("/credentials").WithTags("Credentials");
        credentials.MapPost("/", IssueAsync).RequireScope(ApiScopes.CredentialsIssue)
            .Accepts<CredentialRequestBody>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Issue a credential");
        credentials.MapGet("/{id}", FindAsync).RequireScope(ApiScopes.OperatorsRead, ApiScopes.CredentialsOwn).ProducesProblem(404).WithSummary("A credential");
        credentials.MapGet("/{id}/qr.png", PngAsync).RequireScope(ApiScopes.OperatorsRead, ApiScopes.CredentialsOwn).Produces(200, contentType: "image/png").ProducesProblem(404).WithSummary("Its QR code as PNG");
        credentials.MapGet("/{id}/qr.svg", SvgAsync).RequireScope(ApiScopes.OperatorsRead, ApiScopes.CredentialsOwn).Produces(200, contentType: "image/svg+xml").ProducesProblem(404).WithSummary("Its QR code as SVG");
        credentials.MapGet("/{id}/card.pdf", PdfAsync).RequireScope(ApiScopes.OperatorsRead, ApiScopes.CredentialsOwn).Produces(200, contentType: "application/pdf").ProducesProblem(404).ProducesProblem(503).WithSummary("A card to print, as PDF");
        credentials.MapPost("/{id}/status", ChangeStatusAsync).RequireScope(ApiScopes.CredentialsRevoke)
            .Accepts<StatusChangeBody>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Suspend, reinstate or revoke it");
    }

    /// <summary>Reads what a request for a credential says, from a body or a bulk line.</summary>
    internal static Outcome<CredentialRequest> Parse(CredentialRequestBody body)
    {
        if (!GivenTin.Read(body.Tin).TryGet(out var tin, out var refusal))
        {
            return refusal;
        }

        if (body.Mandate is not null && body.Type != nameof(CredentialTypes.Mandate))
        {
            return new Refusal("mandate_unexpected", "Only a credential of the type Mandate states a mandate.");
        }

        return CredentialTypeCatalogue.TryFind(body.Type, out var type)
            ? new CredentialRequest(tin, type, body.Mandate)
            : new Refusal("credential_type_unknown", "The type must be LegalIdentity, AeoStatus or Mandate.");
    }

    private static async Task<Results<Created<CredentialBody>, ProblemHttpResult>> IssueAsync(
        IssueCredential issue, HttpContext context, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.CredentialRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !Parse(read).TryGet(out var request, out refusal))
        {
            return Problems.From(refusal);
        }

        var outcome = await issue.ExecuteAsync(request, Actor.Of(context.User), cancellationToken);
        return outcome.Match<Results<Created<CredentialBody>, ProblemHttpResult>>(
            credential => TypedResults.Created($"/api/v1/credentials/{credential.Id}", CredentialBody.Of(credential, issuer.Value)),
            refused => Problems.From(refused));
    }

    private static async Task<Results<Ok<CredentialBody>, ProblemHttpResult>> FindAsync(
        string id, ClaimsPrincipal user, CredentialsInReach reach, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken) =>
        (await reach.FindAsync(id, user, cancellationToken)).Match<Results<Ok<CredentialBody>, ProblemHttpResult>>(
            credential => TypedResults.Ok(CredentialBody.Of(credential, issuer.Value)),
            refusal => Problems.From(refusal));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PngAsync(
        string id, ClaimsPrincipal user, CredentialsInReach reach, CancellationToken cancellationToken) =>
        (await reach.FindAsync(id, user, cancellationToken)).Match<Results<FileContentHttpResult, ProblemHttpResult>>(
            credential => TypedResults.Bytes(QrImage.Png(credential), "image/png"),
            refusal => Problems.From(refusal));

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> SvgAsync(
        string id, ClaimsPrincipal user, CredentialsInReach reach, CancellationToken cancellationToken) =>
        (await reach.FindAsync(id, user, cancellationToken)).Match<Results<ContentHttpResult, ProblemHttpResult>>(
            credential => TypedResults.Text(QrImage.Svg(credential), "image/svg+xml"),
            refusal => Problems.From(refusal));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(
        string id, ClaimsPrincipal user, CredentialsInReach reach, PrintCard print, CancellationToken cancellationToken) =>
        (await reach.FindAsync(id, user, cancellationToken)).Match(print.Execute, refusal => refusal).Match<Results<FileContentHttpResult, ProblemHttpResult>>(
            pdf => TypedResults.Bytes(pdf, "application/pdf"),
            refusal => Problems.From(refusal));

    private static async Task<Results<Ok<CredentialBody>, ProblemHttpResult>> ChangeStatusAsync(
        string id, HttpContext context, ChangeCredentialStatus change, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        if (!CredentialsInReach.ParseId(id).TryGet(out var credentialId, out var refusal))
        {
            return Problems.From(refusal);
        }

        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.StatusChangeBody, cancellationToken);
        if (!body.TryGet(out var read, out refusal) || !ParseStatus(read.Status).TryGet(out var status, out refusal))
        {
            return Problems.From(refusal);
        }

        var outcome = await change.ExecuteAsync(credentialId, status, read.Ground, Actor.Of(context.User), cancellationToken);
        return outcome.Match<Results<Ok<CredentialBody>, ProblemHttpResult>>(
            credential => TypedResults.Ok(CredentialBody.Of(credential, issuer.Value)),
            refused => Problems.From(refused));
    }

    private static Outcome<StatusValue> ParseStatus(string status) => status switch
    {
        "valid" => StatusValue.Valid,
        "suspended" => StatusValue.Suspended,
        "revoked" => StatusValue.Revoked,
        _ => new Refusal("status_invalid", "The status must be valid, suspended or revoked."),
    };
}
