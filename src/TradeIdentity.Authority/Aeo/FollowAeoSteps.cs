using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>What follows from steps of AEO components, whoever took them, in the transaction that records them.</summary>
internal static class FollowAeoSteps
{
    /// <summary>Call it after the steps are recorded, and before the audit trail is appended to for the last time.</summary>
    public static async Task ExecuteAsync(WriteTransaction tx, IReadOnlyList<AeoStep> steps, DateTimeOffset now)
    {
        // What was not held and not applied for has neither proposals nor credentials: most of an import.
        foreach (var step in steps.Where(step => step.From is AeoStatus.RiskAssessed or AeoStatus.Granted or AeoStatus.Suspended))
        {
            await tx.ExecuteAsync(
                """
                UPDATE aeo_proposals SET state = 'overtaken', settled_at = @at
                WHERE tin = @tin AND programme = @programme AND component = @component AND state = 'open'
                """,
                new { at = now.ToUnixTimeSeconds(), tin = step.Tin.Value, programme = step.Component.Programme, component = step.Component.Component }).ConfigureAwait(false);
            await FollowAeoStep.ExecuteAsync(tx, step, now).ConfigureAwait(false);
        }
    }
}
