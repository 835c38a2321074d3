namespace TradeIdentity.Verification.Trust;

/// <summary>Keys and bounds of trust bundles and deltas, for their readers and writers.</summary>
internal static class BundleFormat
{
    internal const string BundleType = "ti1-bundle";
    internal const string DeltaType = "ti1-delta";
    internal const int Version = 1;

    // Keys of a bundle.
    internal const int BundleVersion = 1;
    internal const int Sequence = 2;
    internal const int Issued = 3;
    internal const int NextUpdate = 4;
    internal const int Algorithms = 5;
    internal const int Issuers = 6;
    internal const int CredentialTypes = 7;
    internal const int AeoComponents = 8;
    internal const int StatusLists = 9;
    internal const int AnnouncedAnchors = 10;

    // Absent where no credential in circulation needs one.
    internal const int Successions = 11;

    // Codecs of a status list in a bundle.
    internal const int ZlibBitmap = 1;
    internal const int RiceGaps = 2;

    internal const int StatusBits = 2;

    // Bounds. A bundle of 100 million credentials, 1 % of them revoked, takes 1.4 MB.
    internal const int MaxFileBytes = 64 * 1024 * 1024;
    internal const int MaxDeltas = 1000;
    internal const int MaxIssuers = 1000;
    internal const int MaxKeys = 100;
    internal const int MaxCatalogueEntries = 255;
    internal const int MaxNames = 200;
    internal const int MaxStatusLists = 10_000;
    internal const int MaxStatusListLength = 1 << 24;
    internal const int MaxAnchors = 8;
    internal const int MaxSuccessions = 10_000;
    internal const int MaxSuccessors = 10;
    internal const int MaxNameBytes = 512;
    internal const int MaxUriBytes = 512;
    internal const int MaxCodeBytes = 64;
    internal const int MaxLanguageBytes = 35;
    internal const long MaxUnixSeconds = 253402300799;
}
