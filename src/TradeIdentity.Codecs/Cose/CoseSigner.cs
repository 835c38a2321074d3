namespace TradeIdentity.Codecs.Cose;

/// <summary>One signature of a <see cref="CoseSigned"/> message, with what it says about itself.</summary>
public sealed class CoseSigner
{
    internal CoseSigner(ReadOnlyMemory<byte> protectedHeader, CoseHeaders headers, ReadOnlyMemory<byte> signature)
    {
        ProtectedHeader = protectedHeader;
        Headers = headers;
        Signature = signature;
    }

    /// <summary>The encoded protected header, as signed; empty where there is none.</summary>
    public ReadOnlyMemory<byte> ProtectedHeader { get; }

    /// <summary>Its parameters, protected before unprotected.</summary>
    public CoseHeaders Headers { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }
}
