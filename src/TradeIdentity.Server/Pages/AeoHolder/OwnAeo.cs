using System.Globalization;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Pages.Credentials;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>The AEO components of the entity of the session, of no other, and the acts on them that are the holder's.</summary>
public sealed class OwnAeo(
    SignedInAccount person,
    GetOperator operators,
    Database database,
    ProgrammeCatalogue programmes,
    CredentialStore store,
    TakeHoldersAct take,
    ProposeJointAct propose,
    TimeProvider time,
    Wording words)
{
    private const int MostCredentials = 100;

    /// <summary>The act waits for another member, since the person signs jointly.</summary>
    internal bool IsProposed { get; private set; }

    internal DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>All that is and was, and what of the entity's programme never was.</summary>
    internal async Task<IReadOnlyList<ShownComponent>> ReadAsync(Tin tin, CancellationToken cancellationToken)
    {
        if (!(await operators.ExecuteAsync(tin, cancellationToken)).TryGet(out var found, out _))
        {
            return [];
        }

        var steps = await AeoHistory.ReadAsync(database, tin, programmes, cancellationToken);
        var credentials = await CredentialsAsync(tin, cancellationToken);
        var shown = found.Aeo.Select(component => ShownComponent.Of(
            component,
            programmes,
            [.. steps.Where(step => step.Component.Programme == component.Programme && step.Component.Component == component.Component)],
            [.. credentials.Where(credential => credential.Facts.Aeo.Any(claim => claim.Component == component.QrCode))],
            words,
            Today));
        var programme = programmes.Of(tin.Country);
        var never = (programme?.Components ?? [])
            .Where(component => found.Aeo.All(held => held.Programme != programme!.Code || held.Component != component.Code))
            .Select(component => ShownComponent.NotHeld(programme!, component, words));
        return [.. shown, .. never];
    }

    /// <summary>Does an act of the holder, of today; the refusal is in the words of the page.</summary>
    internal async Task<string?> TakeAsync(Membership entity, ShownComponent component, AeoAct act, string ground, CancellationToken cancellationToken)
    {
        var decision = new AeoDecision
        {
            Tin = entity.Tin,
            Programme = component.Programme,
            Component = component.Code,
            Act = act,
            EffectiveFrom = Today,
            LegalGround = ground,
        };
        var refused = (await take.ExecuteAsync(decision, person.Session.AccountId, cancellationToken)).Refusal;
        if (refused?.Code == "joint_signature_required")
        {
            refused = (await propose.ExecuteAsync(decision, person.Session.AccountId, cancellationToken)).Refusal;
            IsProposed = refused is null;
        }

        return refused is not { } refusal ? null : (words.Find($"AeoHolder.refusal.{refusal.Code}") ?? words["AeoHolder.refusal.other"]);
    }

    // Those that a step can still change: what has ended for good follows no decision.
    private async Task<IReadOnlyList<ShownCredential>> CredentialsAsync(Tin tin, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (page, _) = await store.PageAsync(tin, new CredentialFilter(CredentialTypes.AeoStatus, null), null, MostCredentials, now, cancellationToken);
        return [.. page.Select(credential => ShownCredential.Of(credential, programmes, words, now)).Where(credential => credential.State is CredentialState.Valid or CredentialState.Suspended)];
    }

    internal static string Day(DateOnly day) => WrittenDay.Of(day, CultureInfo.CurrentCulture);
}
