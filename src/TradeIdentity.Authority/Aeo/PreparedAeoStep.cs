namespace TradeIdentity.Authority.Aeo;

/// <summary>A step that could be taken: its way, the component before it, and after it.</summary>
internal sealed record PreparedAeoStep(AeoTransition Way, AeoComponent? Current, AeoComponent Next);
