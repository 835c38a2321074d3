using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority;

/// <summary>Why an act was refused: a stable code for machines, a sentence for people. Nothing was stored.</summary>
/// <param name="Code">Stable, snake case, e.g. <c>operator_unknown</c>. Never renamed.</param>
/// <param name="Detail">What happened and what to do, without personal data.</param>
public sealed record Refusal(string Code, string Detail);

/// <summary>What an act answers: a value, or the refusal that says why there is none.</summary>
public sealed record Outcome<T>
    where T : notnull
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = Refusal;
        return refusal is null;
    }

    public TResult Match<TResult>(Func<T, TResult> done, Func<Refusal, TResult> refused) =>
        Refusal is null ? done(_value!) : refused(Refusal);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
