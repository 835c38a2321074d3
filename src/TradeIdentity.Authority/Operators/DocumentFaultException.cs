namespace TradeIdentity.Authority.Operators;

/// <summary>Ends the reading of a document at its first fault; never leaves <see cref="OperatorDocument"/>.</summary>
internal sealed class DocumentFaultException(string code, string path, string fault) : Exception
{
    public Refusal Refusal { get; } = new(code, $"{path} {fault}.");
}
