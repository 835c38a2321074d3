using TradeIdentity.Authority;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Server.Api;

/// <summary>Grants a mandate, or passes one on.</summary>
/// <param name="Grantor">TIN of who grants it.</param>
/// <param name="Representative">Who acts.</param>
/// <param name="Kind"><c>direct</c>: in the principal's name; <c>indirect</c>: in the representative's own.</param>
/// <param name="ValidUntil">From when on it no longer holds; five years after its begin at most.</param>
/// <param name="ValidFrom">From when on it holds; now, where it is absent.</param>
/// <param name="Scope">What it is limited to; no limit, where it is absent.</param>
/// <param name="MayDelegate">How many further links may hang from it, 0 to 3.</param>
/// <param name="Parent">The mandate that is passed on.</param>
/// <param name="Evidence">On what the authority enters it, e.g. the reference of a deed.</param>
internal sealed record MandateOfferBody(
    string Grantor,
    MandateRepresentativeBody Representative,
    string Kind,
    DateTimeOffset ValidUntil,
    DateTimeOffset? ValidFrom = null,
    MandateScopeBody? Scope = null,
    int MayDelegate = 0,
    string? Parent = null,
    string? Evidence = null)
{
    internal Outcome<MandateOffer> ToOffer(DateTimeOffset now)
    {
        if (!GivenTin.Read(Grantor).TryGet(out var grantor, out var refusal))
        {
            return refusal;
        }

        if (MandateCodes.FindKind(Kind) is not { } kind)
        {
            return new Refusal("mandate_invalid", "kind is direct or indirect.");
        }

        if (!Representative.ToRepresentative().TryGet(out var representative, out refusal) || !(Scope ?? MandateScopeBody.Whole).ToScope().TryGet(out var scope, out refusal))
        {
            return refusal;
        }

        return new MandateOffer
        {
            Grantor = grantor,
            Representative = representative,
            Kind = kind,
            Scope = scope,
            FurtherLevels = MayDelegate,
            ValidFrom = ValidFrom ?? now,
            ValidUntil = ValidUntil,
            Parent = Parent,
            Evidence = Evidence,
        };
    }
}

/// <summary>A legal entity or a natural person: one of the two.</summary>
/// <param name="Tin">Of the legal entity.</param>
/// <param name="Account">Id of the person's account.</param>
internal sealed record MandateRepresentativeBody(string? Tin = null, string? Account = null)
{
    internal static MandateRepresentativeBody Of(MandateRepresentative representative) => representative switch
    {
        MandateRepresentative.OfOperator entity => new(entity.Tin.Value),
        MandateRepresentative.OfPerson person => new(Account: person.AccountId),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };

    internal Outcome<MandateRepresentative> ToRepresentative() => this switch
    {
        { Tin: { } tin, Account: null } => GivenTin.Read(tin).Match<Outcome<MandateRepresentative>>(parsed => new MandateRepresentative.OfOperator(parsed), refusal => refusal),
        { Tin: null, Account: { } account } => new MandateRepresentative.OfPerson(account),
        _ => new Refusal("mandate_invalid", "representative has either tin or account."),
    };
}

/// <summary>What a mandate is limited to. What is absent or empty is no limit.</summary>
/// <param name="Declarations">Kinds: <c>import</c>, <c>export</c>, <c>transit</c>, <c>re-export</c>, <c>entry-summary</c>, <c>exit-summary</c>, <c>temporary-storage</c>.</param>
/// <param name="Procedures">Customs procedures of two digits, or of four with the previous one.</param>
/// <param name="Places">UN/LOCODEs.</param>
/// <param name="ValueLimit">Of one declaration.</param>
internal sealed record MandateScopeBody(
    IReadOnlyList<string>? Declarations = null, IReadOnlyList<string>? Procedures = null, IReadOnlyList<string>? Places = null, ValueLimitBody? ValueLimit = null)
{
    internal static MandateScopeBody Whole { get; } = new();

    internal static MandateScopeBody Of(MandateScope scope) => new(
        scope.Declarations, scope.Procedures, scope.Places, scope.ValueLimit is { } limit ? new ValueLimitBody(limit.Amount, limit.Currency) : null);

    internal Outcome<MandateScope> ToScope()
    {
        ValueLimit? limit = null;
        if (ValueLimit is not null && !Authority.Mandates.ValueLimit.TryCreate(ValueLimit.Amount, ValueLimit.Currency, out limit))
        {
            return new Refusal("mandate_invalid", $"valueLimit has an amount of 1 to {Authority.Mandates.ValueLimit.MaxAmount} whole units, and a currency of ISO 4217.");
        }

        return new MandateScope
        {
            Declarations = [.. Declarations ?? []],
            Procedures = [.. Procedures ?? []],
            Places = [.. Places ?? []],
            ValueLimit = limit,
        };
    }
}

/// <summary>The most that goods of one declaration may be worth.</summary>
/// <param name="Amount">Whole units.</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record ValueLimitBody(long Amount, string Currency);

/// <summary>
/// A mandate. <c>holds</c> says whether it is good now, with all that it hangs from; <c>fault</c> why it is not: <c>not_accepted</c>,
/// <c>not_yet</c>, <c>expired</c>, <c>ended</c>, or <c>broken</c> where a link above it is the reason. <c>state</c> is <c>offered</c>,
/// <c>accepted</c>, <c>declined</c>, <c>revoked</c> or <c>renounced</c>. <c>chain</c> has the principal's link first, and this one last.
/// </summary>
internal sealed record MandateBody(
    string Id,
    bool Holds,
    string? Fault,
    string Principal,
    string Grantor,
    MandateRepresentativeBody Representative,
    string Kind,
    string State,
    MandateScopeBody Scope,
    int MayDelegate,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidUntil,
    string? Evidence,
    DateTimeOffset GrantedAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt,
    string? EndGround,
    IReadOnlyList<MandateLinkBody> Chain)
{
    internal static MandateBody Of(MandateChain chain, DateTimeOffset now)
    {
        var (mandate, fault) = (chain.Last, chain.FaultAt(now));
        return new MandateBody(
            mandate.Id,
            fault is null,
            fault?.ToCode(),
            mandate.Principal.Value,
            mandate.Grantor.Value,
            MandateRepresentativeBody.Of(mandate.Representative),
            mandate.Kind.ToCode(),
            mandate.State.ToCode(),
            MandateScopeBody.Of(mandate.Scope),
            mandate.FurtherLevels,
            mandate.ValidFrom,
            mandate.ValidUntil,
            mandate.Evidence,
            mandate.GrantedAt,
            mandate.AnsweredAt,
            mandate.EndedAt,
            mandate.EndGround,
            [.. chain.Links.Select(link => new MandateLinkBody(
                link.Id, link.Grantor.Value, MandateRepresentativeBody.Of(link.Representative), link.State.ToCode(), link.FaultAt(now) is null, link.ValidFrom, link.ValidUntil))]);
    }
}

/// <summary>A link of a chain, and whether it is good by itself.</summary>
internal sealed record MandateLinkBody(
    string Id, string Grantor, MandateRepresentativeBody Representative, string State, bool Holds, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil);

/// <summary>A page of mandates, newest first; the next one has this cursor, the last page none.</summary>
internal sealed record MandatePageBody(IReadOnlyList<MandateBody> Items, string? NextCursor);

/// <summary>Ends a mandate.</summary>
/// <param name="Ground">Why, one line.</param>
internal sealed record MandateEndBody(string Ground);
