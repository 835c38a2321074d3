namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Keys</c>: how private keys are kept and how long they sign.</summary>
public sealed class KeysOptions
{
    /// <summary>32 bytes in Base64 that encrypt private keys at rest. Required outside Development, unless the file is given.</summary>
    public string EncryptionKey { get; set; } = "";

    /// <summary>A file that holds the same; in Development it is created when it is missing.</summary>
    public string EncryptionKeyFile { get; set; } = "";

    /// <summary>How long an issuing key signs, from its creation.</summary>
    public int IssuingKeyDays { get; set; } = 365;

    /// <summary>How long a new issuing key is in the trust bundle before it signs (posts must have seen it).</summary>
    public int AnnounceDays { get; set; } = 14;

    /// <summary>How long an issuing key verifies after it signed last: at least the longest lifetime of a credential.</summary>
    public int OverlapDays { get; set; } = 730;
}
