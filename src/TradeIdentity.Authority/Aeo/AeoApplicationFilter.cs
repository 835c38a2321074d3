namespace TradeIdentity.Authority.Aeo;

/// <summary>Which applications of the work list; what is null asks for nothing.</summary>
/// <param name="Status">In which state.</param>
/// <param name="Component">For which component, in any programme.</param>
/// <param name="Officer">Only those of which this officer has taken a step since it was opened.</param>
public sealed record AeoApplicationFilter(AeoStatus? Status = null, string? Component = null, string? Officer = null)
{
    public static AeoApplicationFilter None { get; } = new();
}
