using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.EntityRegistrationBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>People register legal entities. A system registers none: nobody would act for it.</summary>
internal static class EntityRegistrationEndpoints
{
    private const string Example =
        """
        {"entity":{"legalName":"Example Tea Traders B.V.","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 7","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},
        "identifiers":[{"scheme":"euid","value":"NLKVK.98765432"}],"roles":["IM"]},"capacity":"Managing director","basis":"Sole director by the trade register."}
        """;

    internal static void MapEntityRegistrations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/register-extracts/{number}", ExtractAsync).RequireScope(ApiScopes.EntitiesOwn).WithTags("Entities")
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("What an imported register says of the entity with an LEI or a register's number");

        var own = api.MapGroup("/registrations").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        own.MapGet("/", ListAsync).ProducesProblem(403).WithSummary("Your registrations of legal entities, newest first");
        own.MapPost("/", RegisterAsync).Accepts<EntityApplicationBody>("application/json").WithMetadata(new RequestExample(Example))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).WithSummary("Ask to act for a legal entity, which is registered with it unless it is");
        own.MapGet("/{id}", GetAsync).ProducesProblem(403).ProducesProblem(404).WithSummary("One of your registrations");
        own.MapPost("/{id}/answer", AnswerAsync).Accepts<RegistrationAnswerBody>("application/json").WithMetadata(new RequestExample("""{"answer":"The deed of appointment was filed on 2 March."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Answer what an officer asked");
        own.MapGet("/{id}/documents", DocumentsAsync).ProducesProblem(403).ProducesProblem(404).WithSummary("What you showed for a registration");
        own.MapPost("/{id}/documents", AttachAsync).Accepts<Stream>("*/*")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
            .WithSummary("Show a document of at most 5 MB for a registration that is open: a PDF, PNG or JPEG as the body");
        own.MapGet("/{id}/documents/{document}", DocumentAsync).Produces<Stream>(200, "application/octet-stream").ProducesProblem(403).ProducesProblem(404).WithSummary("A document");
        own.MapDelete("/{id}/documents/{document}", RemoveAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Take a document back while the registration is open");
        own.MapPost("/{id}/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Withdraw a registration that is open");
    }

    private static async Task<Results<Ok<RegisterExtractBody>, ProblemHttpResult>> ExtractAsync(string number, FindExtract find, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(number, cancellationToken)).Match<Results<Ok<RegisterExtractBody>, ProblemHttpResult>>(
            extract => TypedResults.Ok(RegisterExtractBody.Of(extract)), refusal => Problems.From(refusal));

    private static async Task<Results<Created<EntityRegistrationBody>, ProblemHttpResult>> RegisterAsync(HttpContext context, RegisterEntity register, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.EntityApplicationBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !PersonOfToken.Find(context.User).TryGet(out var account, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await register.ExecuteAsync(read.ToApplication(), account, cancellationToken)).Match<Results<Created<EntityRegistrationBody>, ProblemHttpResult>>(
            registration => TypedResults.Created($"/api/v1/registrations/{registration.Id}", EntityRegistrationBody.ForPerson(registration)),
            refused => Problems.From(refused));
    }

    private static async Task<Results<Ok<EntityRegistrationPageBody>, ProblemHttpResult>> ListAsync(EntityRegistrations registrations, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var account, out var refusal)
            ? TypedResults.Ok(new EntityRegistrationPageBody([.. (await registrations.OfAccountAsync(account, cancellationToken)).Select(EntityRegistrationBody.ForPerson)], null))
            : Problems.From(refusal);

    private static async Task<Answer> GetAsync(string id, EntityRegistrations registrations, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Show(await OwnAsync(id, registrations, user, cancellationToken));

    // Another's is none.
    private static async Task<Outcome<EntityRegistration>> OwnAsync(string id, EntityRegistrations registrations, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!PersonOfToken.Find(user).TryGet(out var account, out var refusal))
        {
            return refusal;
        }

        return await registrations.FindAsync(id, cancellationToken) is { } found && found.AccountId == account ? found : new Refusal("registration_unknown", "You have no such registration.");
    }

    private static async Task<Results<Ok<AttachedDocumentListBody>, ProblemHttpResult>> DocumentsAsync(
        string id, EntityRegistrations registrations, RegistrationDocuments documents, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await OwnAsync(id, registrations, user, cancellationToken)).TryGet(out var own, out var refusal)
            ? TypedResults.Ok(new AttachedDocumentListBody([.. (await documents.OfAsync(own.Id, cancellationToken)).Select(AttachedDocumentBody.Of)]))
            : Problems.From(refusal);

    private static async Task<Results<Created<AttachedDocumentBody>, ProblemHttpResult>> AttachAsync(
        string id, string name, HttpContext context, RegistrationDocuments documents, CancellationToken cancellationToken)
    {
        if (!PersonOfToken.Find(context.User).TryGet(out var account, out var refusal) || !(await DocumentFiles.ReadAsync(context, cancellationToken)).TryGet(out var content, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await documents.AttachAsync(id, name, content, account, cancellationToken)).Match<Results<Created<AttachedDocumentBody>, ProblemHttpResult>>(
            document => TypedResults.Created($"/api/v1/registrations/{id}/documents/{document.Id}", AttachedDocumentBody.Of(document)), refused => Problems.From(refused));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DocumentAsync(
        string id, string document, HttpContext context, EntityRegistrations registrations, RegistrationDocuments documents, CancellationToken cancellationToken) =>
        (await OwnAsync(id, registrations, context.User, cancellationToken)).TryGet(out var own, out var refusal)
            ? DocumentFiles.Give(context, await documents.ReadAsync(own.Id, document, cancellationToken))
            : Problems.From(refusal);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, string document, ClaimsPrincipal user, RegistrationDocuments documents, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var account, out var refusal)
            ? (await documents.RemoveAsync(id, document, account, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refused => Problems.From(refused))
            : Problems.From(refusal);

    private static async Task<Answer> AnswerAsync(string id, HttpContext context, AnswerRegistration answer, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.RegistrationAnswerBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var account, out refusal)
            ? Show(await answer.ExecuteAsync(id, read.Answer, account, cancellationToken))
            : Problems.From(refusal);
    }

    private static async Task<Answer> WithdrawAsync(string id, AnswerRegistration answer, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var account, out var refusal)
            ? Show(await answer.WithdrawAsync(id, account, cancellationToken))
            : Problems.From(refusal);

    private static Answer Show(Outcome<EntityRegistration> outcome) => outcome.Match<Answer>(
        registration => TypedResults.Ok(EntityRegistrationBody.ForPerson(registration)), refusal => Problems.From(refusal));
}
