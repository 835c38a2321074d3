namespace TradeIdentity.Authority.Aeo;

/// <summary>One way from a state to another.</summary>
/// <param name="Act">What takes it.</param>
/// <param name="From">Null: the operator has no such component yet.</param>
/// <param name="To">The state after it.</param>
/// <param name="By">Who may take it.</param>
public sealed record AeoTransition(AeoAct Act, AeoStatus? From, AeoStatus To, AeoDecider By)
{
    /// <summary>Whether officers or the holder take it by itself; else it follows from an import or a succession.</summary>
    public bool IsAct => (By & (AeoDecider.Holder | AeoDecider.Officer | AeoDecider.TwoOfficers)) != AeoDecider.None;

    public bool TakesTwoOfficers => By.HasFlag(AeoDecider.TwoOfficers);
}
