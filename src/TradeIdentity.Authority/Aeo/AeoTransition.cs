namespace TradeIdentity.Authority.Aeo;

/// <summary>One way from a state to another.</summary>
/// <param name="Act">What takes it.</param>
/// <param name="From">Null: the operator has no such component yet.</param>
/// <param name="To">The state after it.</param>
/// <param name="Officers">How many officers must decide; 0: none may, it comes from a register only.</param>
/// <param name="Register">Whether an import may bring it.</param>
public sealed record AeoTransition(AeoAct Act, AeoStatus? From, AeoStatus To, int Officers, bool Register);
