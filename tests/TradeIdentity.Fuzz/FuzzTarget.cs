namespace TradeIdentity.Fuzz;

/// <summary>
/// One decoder under test. <paramref name="Run"/> may answer whatever it likes about an input, but must not throw, must be
/// done within a second and must not allocate more than <paramref name="MaxAllocatedBytes"/>.
/// </summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Run">Decodes; throws <see cref="BrokenPromiseException"/> where what was decoded is not what it should be.</param>
/// <param name="MaxAllocatedBytes">For one input, whatever it says about its own size.</param>
/// <param name="Seeds">Inputs that are right, to be damaged.</param>
public sealed record FuzzTarget(string Name, Action<byte[]> Run, long MaxAllocatedBytes, IReadOnlyList<byte[]> Seeds);
