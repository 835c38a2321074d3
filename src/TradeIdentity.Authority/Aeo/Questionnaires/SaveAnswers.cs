using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo.Questionnaires;

/// <summary>A member of the applicant saves answers of a draft: some of them, in any order, and again. What was submitted stays as it was.</summary>
public sealed class SaveAnswers(Database database, AnswerSheets sheets, TimeProvider time)
{
    /// <param name="tin">The operator.</param>
    /// <param name="programme">Null: that of the operator's country.</param>
    /// <param name="component">Of the programme.</param>
    /// <param name="given">By code of the question; null or empty takes an answer back. What is not among them stays.</param>
    /// <param name="accountId">The member.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<Outcome<AnswerSheet>> ExecuteAsync(
        Tin tin, string? programme, string component, IReadOnlyDictionary<string, string?> given, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => SaveAsync(tx, tin, programme, component, given, accountId), cancellationToken);

    private async Task<Outcome<AnswerSheet>> SaveAsync(WriteTransaction tx, Tin tin, string? programme, string component, IReadOnlyDictionary<string, string?> given, string accountId)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var now = time.GetUtcNow();
        if (await AeoHolders.RefuseAsync(tx, tin, accountId, now).ConfigureAwait(false) is { } notTheirs)
        {
            return notTheirs;
        }

        if (!(await sheets.FindAsync(tx, tin, programme, component).ConfigureAwait(false)).TryGet(out var sheet, out var refusal))
        {
            return refusal;
        }

        if (!sheet.IsDraft)
        {
            return new Refusal("aeo_answers_submitted", "The application is no draft: its answers are read, and written no more.");
        }

        if (!Merged(sheet, given).TryGet(out var answers, out refusal))
        {
            return refusal;
        }

        await tx.ExecuteAsync(
            """
            INSERT INTO aeo_answers (tin, programme, component, opened_step, version, answers, saved_by, saved_at)
            VALUES (@Tin, @Programme, @Component, @OpenedStep, @Version, @Answers, @SavedBy, @SavedAt)
            ON CONFLICT (tin, programme, component, opened_step) DO UPDATE SET answers = excluded.answers, saved_by = excluded.saved_by, saved_at = excluded.saved_at
            """,
            new
            {
                Tin = tin.Value,
                sheet.Programme,
                sheet.Component,
                OpenedStep = (long)sheet.OpenedStep,
                Version = (long)sheet.Questionnaire.Version,
                Answers = JsonSerializer.Serialize(answers, QuestionnaireJson.Default.DictionaryStringString),
                SavedBy = accountId,
                SavedAt = now.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx, now, new AuditRecord(accountId, "aeo-answers-saved", $"operator:{tin}", $$"""{"programme":"{{sheet.Programme}}","component":"{{sheet.Component}}","answers":{{answers.Count}}}""")).ConfigureAwait(false);
        return sheet with { Answers = answers, SavedAt = now.WholeSeconds() };
    }

    private static Outcome<Dictionary<string, string>> Merged(AnswerSheet sheet, IReadOnlyDictionary<string, string?> given)
    {
        var questions = sheet.Questionnaire.QuestionsFor(sheet.Component).ToDictionary(question => question.Code, StringComparer.Ordinal);
        var answers = sheet.Answers.ToDictionary(StringComparer.Ordinal);
        foreach (var (code, text) in given)
        {
            if (!questions.TryGetValue(code, out var question))
            {
                return new Refusal("aeo_question_unknown", "There is no such question for this component.");
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                answers.Remove(code);
            }
            else if (question.Read(text) is { } answer)
            {
                answers[code] = answer;
            }
            else
            {
                return new Refusal("aeo_answer_value_invalid", $"{code} is answered with {Expected(question)}.");
            }
        }

        return answers;
    }

    private static string Expected(Question question) => question.Kind switch
    {
        "yes-no" => "yes or no",
        "choice" => $"one of {string.Join(", ", question.Choices!.Select(choice => choice.Code))}",
        "number" => "digits, at most 10000000",
        "date" => "a day, yyyy-MM-dd",
        _ => $"1 to {Question.MaxText} printable characters",
    };
}
