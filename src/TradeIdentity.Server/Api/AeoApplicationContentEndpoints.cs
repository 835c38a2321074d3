using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>What an application is made of: the answers to the questionnaire, and documents. The applicant writes, officers read.</summary>
internal static class AeoApplicationContentEndpoints
{
    internal static void MapAeoApplicationContent(this IEndpointRouteBuilder api)
    {
        var holder = api.MapGroup("/operators/{tin}/aeo/holder").WithTags("AEO").RequireScope(ApiScopes.AeoApply);
        holder.MapGet("/questionnaire", OwnQuestionnaireAsync).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The questionnaire of the application for a component, with the answers so far");
        holder.MapPost("/answers", SaveAsync).Accepts<AeoAnswersBody>("application/json")
            .WithMetadata(new RequestExample("""{"component":"AEOS","answers":{"employees":"42","infringements":"no"}}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Save answers of a draft");
        holder.MapGet("/attachments", OwnAttachmentsAsync).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The documents of the application for a component");
        holder.MapPost("/attachments", AttachAsync).Accepts<Stream>("*/*")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
            .WithSummary("Attach a document of at most 5 MB: a PDF, PNG or JPEG as the body");
        holder.MapGet("/attachments/{id}", OwnAttachmentAsync).Produces<Stream>(200, "application/octet-stream").ProducesProblem(403).ProducesProblem(404)
            .WithSummary("A document");
        holder.MapDelete("/attachments/{id}", RemoveAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Take a document back from a draft");

        var officer = api.MapGroup("/operators/{tin}/aeo").WithTags("AEO").RequireScope(ApiScopes.AeoDecide);
        officer.MapGet("/questionnaire", QuestionnaireAsync).ProducesProblem(400).ProducesProblem(404).WithSummary("What the applicant for a component answered");
        officer.MapGet("/attachments", AttachmentsAsync).ProducesProblem(400).ProducesProblem(404).WithSummary("What the applicant for a component attached");
        officer.MapGet("/attachments/{id}", AttachmentAsync).Produces<Stream>(200, "application/octet-stream").ProducesProblem(404).WithSummary("A document of an applicant");
    }

    private static async Task<Results<Ok<AeoQuestionnaireBody>, ProblemHttpResult>> OwnQuestionnaireAsync(
        string tin, string component, string? programme, ClaimsPrincipal user, Memberships memberships, AnswerSheets sheets, CancellationToken cancellationToken) =>
        (await HolderOfToken.ReaderAsync(tin, user, memberships, cancellationToken)).TryGet(out var own, out var refusal)
            ? Show(await sheets.FindAsync(own, programme, component, cancellationToken))
            : Problems.From(refusal);

    private static async Task<Results<Ok<AeoQuestionnaireBody>, ProblemHttpResult>> SaveAsync(string tin, HttpContext context, SaveAnswers save, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !HolderOfToken.Find(context.User, parsed).TryGet(out var account, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoAnswersBody, cancellationToken)).TryGet(out var body, out refusal))
        {
            return Problems.From(refusal);
        }

        return Show(await save.ExecuteAsync(parsed, body.Programme, body.Component, body.Answers, account, cancellationToken));
    }

    private static async Task<Results<Ok<AttachedDocumentListBody>, ProblemHttpResult>> OwnAttachmentsAsync(
        string tin, string component, string? programme, ClaimsPrincipal user, Memberships memberships, AnswerSheets sheets, Attachments attachments, CancellationToken cancellationToken) =>
        (await HolderOfToken.ReaderAsync(tin, user, memberships, cancellationToken)).TryGet(out var own, out var refusal)
            ? await ListAsync(own, programme, component, sheets, attachments, cancellationToken)
            : Problems.From(refusal);

    private static async Task<Results<Created<AttachedDocumentBody>, ProblemHttpResult>> AttachAsync(
        string tin, string component, string name, string? programme, HttpContext context, AttachDocument attach, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !HolderOfToken.Find(context.User, parsed).TryGet(out var account, out refusal)
            || !(await DocumentFiles.ReadAsync(context, cancellationToken)).TryGet(out var content, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await attach.ExecuteAsync(parsed, programme, component, name, content, account, cancellationToken)).Match<Results<Created<AttachedDocumentBody>, ProblemHttpResult>>(
            document => TypedResults.Created($"/api/v1/operators/{parsed}/aeo/holder/attachments/{document.Id}", AttachedDocumentBody.Of(document)), refused => Problems.From(refused));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> OwnAttachmentAsync(
        string tin, string id, HttpContext context, Memberships memberships, Attachments attachments, CancellationToken cancellationToken) =>
        (await HolderOfToken.ReaderAsync(tin, context.User, memberships, cancellationToken)).TryGet(out var own, out var refusal)
            ? await FileAsync(own, id, context, attachments, cancellationToken)
            : Problems.From(refusal);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string tin, string id, ClaimsPrincipal user, AttachDocument attach, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) && HolderOfToken.Find(user, parsed).TryGet(out var account, out refusal)
            ? (await attach.RemoveAsync(parsed, id, account, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refused => Problems.From(refused))
            : Problems.From(refusal);

    private static async Task<Results<Ok<AeoQuestionnaireBody>, ProblemHttpResult>> QuestionnaireAsync(
        string tin, string component, string? programme, AnswerSheets sheets, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) ? Show(await sheets.FindAsync(parsed, programme, component, cancellationToken)) : Problems.From(refusal);

    private static async Task<Results<Ok<AttachedDocumentListBody>, ProblemHttpResult>> AttachmentsAsync(
        string tin, string component, string? programme, AnswerSheets sheets, Attachments attachments, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) ? await ListAsync(parsed, programme, component, sheets, attachments, cancellationToken) : Problems.From(refusal);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> AttachmentAsync(
        string tin, string id, HttpContext context, Attachments attachments, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) ? await FileAsync(parsed, id, context, attachments, cancellationToken) : Problems.From(refusal);

    private static async Task<Results<Ok<AttachedDocumentListBody>, ProblemHttpResult>> ListAsync(
        Tin tin, string? programme, string component, AnswerSheets sheets, Attachments attachments, CancellationToken cancellationToken) =>
        (await sheets.FindAsync(tin, programme, component, cancellationToken)).TryGet(out var sheet, out var refusal)
            ? TypedResults.Ok(new AttachedDocumentListBody(
                [.. (await attachments.OfAsync(tin, sheet.Programme, component, sheet.OpenedStep, cancellationToken)).Select(AttachedDocumentBody.Of)]))
            : Problems.From(refusal);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(Tin tin, string id, HttpContext context, Attachments attachments, CancellationToken cancellationToken) =>
        DocumentFiles.Give(context, await attachments.ReadAsync(tin, id, cancellationToken));

    private static Results<Ok<AeoQuestionnaireBody>, ProblemHttpResult> Show(Outcome<AnswerSheet> outcome) =>
        outcome.Match<Results<Ok<AeoQuestionnaireBody>, ProblemHttpResult>>(sheet => TypedResults.Ok(AeoQuestionnaireBody.Of(sheet)), refusal => Problems.From(refusal));
}
