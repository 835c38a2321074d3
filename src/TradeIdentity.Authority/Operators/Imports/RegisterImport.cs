namespace TradeIdentity.Authority.Operators.Imports;

/// <summary>A file of operators that an officer imports, and how far it is.</summary>
public sealed record RegisterImport
{
    /// <summary>After so long without progress whoever was at it is gone.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    public required string Id { get; init; }

    public required string FileName { get; init; }

    public required long Bytes { get; init; }

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long BytesRead { get; init; }

    public required long Created { get; init; }

    public required long Updated { get; init; }

    public required long Unchanged { get; init; }

    public required long Rejected { get; init; }

    public required DateTimeOffset ProgressAt { get; init; }

    /// <summary>Of <see cref="RegisterImportState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Lines that have a result.</summary>
    public long Lines => Created + Updated + Unchanged + Rejected;

    public int Percent => Bytes == 0 ? 100 : (int)(BytesRead * 100 / Bytes);
}

/// <summary>How an import ended, or that it has not.</summary>
public static class RegisterImportState
{
    /// <summary>Lines are read.</summary>
    public const string Running = "running";

    /// <summary>Each line has its result.</summary>
    public const string Done = "done";

    /// <summary>Something broke: the lines with a result stand, the others were not read. Importing the file again goes on.</summary>
    public const string Failed = "failed";

    /// <summary>The server that was at it stopped; as <see cref="Failed"/>.</summary>
    public const string Interrupted = "interrupted";
}
