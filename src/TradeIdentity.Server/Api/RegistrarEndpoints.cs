using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.EntityRegistrationBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Registrars decide who an entity is, and who may act for it. The acts ask for the role of now.</summary>
internal static class RegistrarEndpoints
{
    internal static void MapRegistrars(this IEndpointRouteBuilder api)
    {
        api.MapPost("/imports/register-extracts", ImportAsync).RequireScope(ApiScopes.RegistryImport).WithTags("Entities")
            .Accepts<RegisterExtractLine>(NdjsonResponse.MediaType).Produces<ImportAnswerLine>(200, NdjsonResponse.MediaType)
            .WithSummary("Import the file of a register, an entity a line, for forms to be filled from");

        var officer = api.MapGroup("/officer/registrations").WithTags("Entities").RequireScope(ApiScopes.OperatorsWrite);
        officer.MapGet("/", ListAsync).ProducesProblem(400).WithSummary("Registrations that wait, oldest first");
        officer.MapGet("/{id}", GetAsync).ProducesProblem(404).WithSummary("A registration, with operators that could be the same");
        officer.MapGet("/{id}/documents", DocumentsAsync).ProducesProblem(404).WithSummary("What the person showed");
        officer.MapGet("/{id}/documents/{document}", DocumentAsync).Produces<Stream>(200, "application/octet-stream").ProducesProblem(404).WithSummary("A document");
        officer.MapPost("/{id}/confirm", ConfirmAsync).Accepts<RegistrationDecisionBody>("application/json")
            .WithMetadata(new RequestExample("""{"tin":"NL987654321","evidence":"The trade register names the person as sole director.","confirmedBy":"register","source":"Trade register, extract of 2 March 2026","confirmedSchemes":["euid"]}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Confirm the entity and the person's right to act for it");
        officer.MapPost("/{id}/refuse", RefuseAsync).Accepts<RegistrationTextBody>("application/json")
            .WithMetadata(new RequestExample("""{"text":"The trade register names somebody else."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Refuse a registration, with the reason");
        officer.MapPost("/{id}/ask", AskAsync).Accepts<RegistrationTextBody>("application/json")
            .WithMetadata(new RequestExample("""{"text":"Which deed appointed you?"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Ask the person");
    }

    private static async Task ImportAsync(HttpContext context, ImportExtracts import, CancellationToken cancellationToken)
    {
        if (!await NdjsonResponse.BeginAsync(context))
        {
            return;
        }

        var lines = NdjsonLines.ReadAsync(context.Request.BodyReader, ImportExtracts.MaxBytes, cancellationToken);
        await NdjsonResponse.WriteAsync(context.Response, ImportEndpoints.ToJson(import.ExecuteAsync(lines, Actor.Of(context.User), cancellationToken), cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<EntityRegistrationPageBody>, ProblemHttpResult>> ListAsync(string? cursor, int? limit, EntityRegistrations registrations, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return Problems.From(refusal);
        }

        var page = await registrations.WorkListAsync(cursor, most, cancellationToken);
        return TypedResults.Ok(new EntityRegistrationPageBody([.. page.Select(each => EntityRegistrationBody.Of(each, null))], page.Count == most ? page[^1].Id : null));
    }

    private static async Task<Answer> GetAsync(string id, EntityRegistrations registrations, FindLookalikes lookalikes, CancellationToken cancellationToken) =>
        await registrations.FindAsync(id, cancellationToken) is { } found
            ? TypedResults.Ok(EntityRegistrationBody.Of(found, await lookalikes.OfAsync(found, cancellationToken)))
            : Problems.From(new Refusal("registration_unknown", "There is no such registration."));

    private static async Task<Results<Ok<AttachedDocumentListBody>, ProblemHttpResult>> DocumentsAsync(
        string id, EntityRegistrations registrations, RegistrationDocuments documents, CancellationToken cancellationToken) =>
        await registrations.FindAsync(id, cancellationToken) is null
            ? Problems.From(new Refusal("registration_unknown", "There is no such registration."))
            : TypedResults.Ok(new AttachedDocumentListBody([.. (await documents.OfAsync(id, cancellationToken)).Select(AttachedDocumentBody.Of)]));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DocumentAsync(
        string id, string document, HttpContext context, RegistrationDocuments documents, CancellationToken cancellationToken) =>
        DocumentFiles.Give(context, await documents.ReadAsync(id, document, cancellationToken));

    private static async Task<Answer> ConfirmAsync(string id, HttpContext context, ConfirmRegistration confirm, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.RegistrationDecisionBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var officer, out refusal)
            ? Show(await confirm.ExecuteAsync(id, read.ToDecision(), officer, cancellationToken))
            : Problems.From(refusal);
    }

    private static Task<Answer> RefuseAsync(string id, HttpContext context, RefuseRegistration refuse, CancellationToken cancellationToken) =>
        SayAsync(context, (text, officer) => refuse.ExecuteAsync(id, text, officer, cancellationToken), cancellationToken);

    private static Task<Answer> AskAsync(string id, HttpContext context, RefuseRegistration refuse, CancellationToken cancellationToken) =>
        SayAsync(context, (text, officer) => refuse.AskAsync(id, text, officer, cancellationToken), cancellationToken);

    private static async Task<Answer> SayAsync(HttpContext context, Func<string, string, Task<Outcome<EntityRegistration>>> act, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.RegistrationTextBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var officer, out refusal)
            ? Show(await act(read.Text, officer))
            : Problems.From(refusal);
    }

    private static Answer Show(Outcome<EntityRegistration> outcome) => outcome.Match<Answer>(
        registration => TypedResults.Ok(EntityRegistrationBody.Of(registration, null)), refusal => Problems.From(refusal));
}
