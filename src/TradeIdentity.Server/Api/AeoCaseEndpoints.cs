using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>What officers do beside the decisions themselves: foresee one, ask the applicant, record a visit; and the holder's answers.</summary>
internal static class AeoCaseEndpoints
{
    private const string Visit =
        """{"component":"AEOC","visitedOn":"2026-02-12","place":"Warehouse 4, Example Harbour","visitors":"Two auditors of the regional office","findings":[{"criterion":"compliance","met":true,"text":"No infringement in three years."}],"favourable":true,"conclusion":"The conditions are met."}""";

    internal static void MapAeoCase(this IEndpointRouteBuilder api)
    {
        var officer = api.MapGroup("/operators/{tin}/aeo").WithTags("AEO").RequireScope(ApiScopes.AeoDecide);
        officer.MapPost("/consequences", ForeseeAsync).Accepts<AeoDecisionBody>("application/json")
            .WithMetadata(new RequestExample("""{"component":"AEOC","act":"suspend","ground":"suspected","legalGround":"Implementing Regulation (EU) 2015/2447, Article 30(1)"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("What would follow from a decision, credential by credential; nothing is stored");
        officer.MapGet("/requests", RequestsAsync).ProducesProblem(400)
            .WithSummary("What the applicant was asked, the newest first");
        officer.MapPost("/requests", AskAsync).Accepts<AeoQuestionBody>("application/json")
            .WithMetadata(new RequestExample("""{"component":"AEOC","question":"Please send the balance sheets of the last three years.","dueOn":"2026-03-02"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Ask the applicant for information");
        officer.MapGet("/visits", VisitsAsync).ProducesProblem(400)
            .WithSummary("Reports of audit visits, the newest first");
        officer.MapPost("/visits", RecordVisitAsync).Accepts<AeoVisitReportBody>("application/json").WithMetadata(new RequestExample(Visit))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Record the report of an audit visit");

        var holder = api.MapGroup("/operators/{tin}/aeo/holder/requests").WithTags("AEO").RequireScope(ApiScopes.AeoApply);
        holder.MapGet("/", RequestsToHolderAsync).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("What the authority asked the operator, the newest first");
        holder.MapPost("/{id}/answer", AnswerAsync).Accepts<AeoAnswerBody>("application/json")
            .WithMetadata(new RequestExample("""{"answer":"The balance sheets of 2023 to 2025 are attached to the application."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Answer what the authority asked");
    }

    private static async Task<Results<Ok<AeoForeseenBody>, ProblemHttpResult>> ForeseeAsync(
        string tin, HttpContext context, ForeseeAeoDecision foresee, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(context.User, officers, cancellationToken)).TryGet(out var officer, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoDecisionBody, cancellationToken)).TryGet(out var body, out refusal)
            || !body.ToDecision(parsed, Today(time)).TryGet(out var decision, out refusal)
            || !(await foresee.ExecuteAsync(decision, officer, cancellationToken)).TryGet(out var foreseen, out refusal))
        {
            return Problems.From(refusal);
        }

        return TypedResults.Ok(AeoForeseenBody.Of(foreseen));
    }

    private static async Task<Results<Ok<AeoRequestListBody>, ProblemHttpResult>> RequestsAsync(
        string tin, AeoRequests requests, TimeProvider time, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            ? TypedResults.Ok(new AeoRequestListBody([.. (await requests.OfOperatorAsync(parsed, cancellationToken)).Select(request => AeoRequestBody.Of(request, time.GetUtcNow()))]))
            : Problems.From(refusal);

    private static async Task<Results<Created<AeoRequestBody>, ProblemHttpResult>> AskAsync(
        string tin, HttpContext context, AskForInformation ask, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(context.User, officers, cancellationToken)).TryGet(out var officer, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoQuestionBody, cancellationToken)).TryGet(out var body, out refusal)
            || !(await ask.ExecuteAsync(parsed, body.Programme, body.Component, body.Question, body.DueOn, officer, cancellationToken)).TryGet(out var request, out refusal))
        {
            return Problems.From(refusal);
        }

        return TypedResults.Created($"/api/v1/operators/{tin}/aeo/requests", AeoRequestBody.Of(request, time.GetUtcNow()));
    }

    private static async Task<Results<Ok<AeoVisitListBody>, ProblemHttpResult>> VisitsAsync(string tin, AeoVisits visits, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            ? TypedResults.Ok(new AeoVisitListBody([.. (await visits.OfOperatorAsync(parsed, cancellationToken)).Select(AeoVisitBody.Of)]))
            : Problems.From(refusal);

    private static async Task<Results<Created<AeoVisitBody>, ProblemHttpResult>> RecordVisitAsync(
        string tin, HttpContext context, RecordAeoVisit record, AeoOfficers officers, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(context.User, officers, cancellationToken)).TryGet(out var officer, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoVisitReportBody, cancellationToken)).TryGet(out var body, out refusal)
            || !(await record.ExecuteAsync(body.ToReport(parsed), officer, cancellationToken)).TryGet(out var visit, out refusal))
        {
            return Problems.From(refusal);
        }

        return TypedResults.Created($"/api/v1/operators/{tin}/aeo/visits", AeoVisitBody.Of(visit));
    }

    private static async Task<Results<Ok<AeoRequestListBody>, ProblemHttpResult>> RequestsToHolderAsync(
        string tin, ClaimsPrincipal user, AeoRequests requests, Authority.Accounts.Memberships memberships, TimeProvider time, CancellationToken cancellationToken) =>
        (await HolderOfToken.ReaderAsync(tin, user, memberships, cancellationToken)).TryGet(out var own, out var refusal)
            ? TypedResults.Ok(new AeoRequestListBody(
                [.. (await requests.OfOperatorAsync(own, cancellationToken)).Select(request => AeoRequestBody.Of(request, time.GetUtcNow()).ForHolder())]))
            : Problems.From(refusal);

    private static async Task<Results<Ok<AeoRequestBody>, ProblemHttpResult>> AnswerAsync(
        string tin, string id, HttpContext context, AnswerAeoRequest answer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !HolderOfToken.Find(context.User, parsed).TryGet(out var account, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoAnswerBody, cancellationToken)).TryGet(out var body, out refusal)
            || !(await answer.ExecuteAsync(parsed, id, body.Answer, account, cancellationToken)).TryGet(out var request, out refusal))
        {
            return Problems.From(refusal);
        }

        return TypedResults.Ok(AeoRequestBody.Of(request, time.GetUtcNow()).ForHolder());
    }

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
