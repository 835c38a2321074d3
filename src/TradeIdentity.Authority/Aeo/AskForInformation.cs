using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// An officer asks an applicant for more. It is a step of the component: where the programme says so, its last day is later by
/// the time that the applicant is given.
/// </summary>
public sealed class AskForInformation(Database database, TimeProvider time, ChangeAeoStatus change, ProgrammeCatalogue programmes)
{
    public const int MaxQuestion = 2000;

    /// <summary>Asks <paramref name="question"/>, 1 to <see cref="MaxQuestion"/> characters, to be answered on <paramref name="dueOn"/> at the latest.</summary>
    public async Task<Outcome<AeoRequest>> ExecuteAsync(
        Tin tin, string? programme, string component, string question, DateOnly dueOn, AeoOfficer officer, CancellationToken cancellationToken)
    {
        if (!officer.MayTakeActs)
        {
            return new Refusal("aeo_officer_required", "This is an act of an AEO officer.");
        }

        if (PrintableText.NormaliseLines(question, MaxQuestion) is not { } text)
        {
            return new Refusal("aeo_question_invalid", $"A question of 1 to {MaxQuestion} printable characters is required.");
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var most = (programme is null ? programmes.Of(tin.Country) : programmes.Find(programme))?.Clock?.InformationDays ?? AeoClock.UsualInformationDays;
        if (dueOn <= today || dueOn > today.AddDays(most))
        {
            return new Refusal("aeo_answer_day_invalid", $"The last day to answer is 1 to {most} days from today.");
        }

        var decision = new AeoDecision
        {
            Tin = tin,
            Programme = programme,
            Component = component,
            Act = AeoAct.AskInformation,
            AnswerBy = dueOn,
            EffectiveFrom = today,
            LegalGround = text.Replace('\n', ' '),
        };
        return await database.WriteAsync(tx => AskAsync(tx, decision, text, officer.Id), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<AeoRequest>> AskAsync(WriteTransaction tx, AeoDecision decision, string question, string officer)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var code = decision.Programme ?? programmes.Of(decision.Tin.Country)?.Code;
        var open = await tx.ScalarAsync<string>(
            "SELECT id FROM aeo_requests WHERE tin = @tin AND programme = @code AND component = @Component AND state = 'open'",
            new { tin = decision.Tin.Value, code, decision.Component }).ConfigureAwait(false);
        if (open is not null)
        {
            return new Refusal("aeo_request_open", $"Request {open} for this component is open: it is answered first.");
        }

        var now = time.GetUtcNow();
        var decided = await change.DecideAsync(tx, decision, AeoSignatures.One(AeoDecider.Officer, officer), null).ConfigureAwait(false);
        if (!decided.TryGet(out var component, out var refusal))
        {
            return refusal;
        }

        var request = new AeoRequest
        {
            Id = TimeOrderedId.New(now),
            Tin = decision.Tin,
            Programme = component.Programme,
            Component = component.Component,
            Step = component.Step,
            Question = question,
            DueOn = decision.AnswerBy!.Value,
            AskedBy = officer,
            AskedAt = now.WholeSeconds(),
            State = AeoRequestState.Open,
        };
        await tx.ExecuteAsync(
            """
            INSERT INTO aeo_requests (id, tin, programme, component, step, question, due_on, asked_by, asked_at, state)
            VALUES (@Id, @Tin, @Programme, @Component, @Step, @Question, @DueOn, @AskedBy, @AskedAt, 'open')
            """,
            new
            {
                request.Id,
                Tin = request.Tin.Value,
                request.Programme,
                request.Component,
                Step = (long)request.Step,
                request.Question,
                DueOn = AeoRow.Text(request.DueOn),
                request.AskedBy,
                AskedAt = request.AskedAt.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        return request;
    }
}
