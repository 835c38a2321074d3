namespace TradeIdentity.Codecs.Envelopes;

/// <summary>
/// The person of a MOSIP Claim 169 QR code (QR code specification, CWT claim 169): the members that the code carries,
/// null where it does not. Texts stand as they were written.
/// </summary>
public sealed record Claim169Identity
{
    /// <summary>Member 1: the number of the person in the issuer's system.</summary>
    public string? Id { get; init; }

    /// <summary>Member 2: version of the data.</summary>
    public string? Version { get; init; }

    /// <summary>Member 3: language of the texts, ISO 639-3.</summary>
    public string? Language { get; init; }

    /// <summary>Member 4.</summary>
    public string? FullName { get; init; }

    /// <summary>Member 5.</summary>
    public string? FirstName { get; init; }

    /// <summary>Member 6.</summary>
    public string? MiddleName { get; init; }

    /// <summary>Member 7.</summary>
    public string? LastName { get; init; }

    /// <summary>Member 8: YYYYMMDD by the specification; issuers write YYYY-MM-DD too.</summary>
    public string? DateOfBirth { get; init; }

    /// <summary>Member 9: 1 male, 2 female, 3 others.</summary>
    public long? Gender { get; init; }

    /// <summary>Member 10: lines parted by a line feed.</summary>
    public string? Address { get; init; }

    /// <summary>Member 11.</summary>
    public string? Email { get; init; }

    /// <summary>Member 12: E.123.</summary>
    public string? Phone { get; init; }

    /// <summary>Member 13: ISO 3166-1.</summary>
    public string? Nationality { get; init; }

    /// <summary>Member 14: 1 unmarried, 2 married, 3 divorced.</summary>
    public long? MaritalStatus { get; init; }

    /// <summary>Member 15: name or id of the guardian.</summary>
    public string? Guardian { get; init; }

    /// <summary>Member 16: a photo, encoded as <see cref="PhotoFormat"/> says.</summary>
    public ReadOnlyMemory<byte>? Photo { get; init; }

    /// <summary>Member 17: 1 JPEG, 2 JPEG 2000, 3 AVIF, 4 WebP.</summary>
    public long? PhotoFormat { get; init; }

    /// <summary>Member 18: numbers of the fingers, the best first; empty where it is absent.</summary>
    public IReadOnlyList<long> BestQualityFingers { get; init; } = [];

    /// <summary>Member 19: the name in the second language.</summary>
    public string? SecondaryFullName { get; init; }

    /// <summary>Member 20: the second language.</summary>
    public string? SecondaryLanguage { get; init; }

    /// <summary>Member 21: a geographic code.</summary>
    public string? LocationCode { get; init; }

    /// <summary>Member 22: legal status of the stay.</summary>
    public string? LegalStatus { get; init; }

    /// <summary>Member 23: ISO 3166-1.</summary>
    public string? CountryOfIssuance { get; init; }

    /// <summary>
    /// Members 50 to 65 by number: 50–54 fingers of the right hand from the thumb, 55–59 of the left, 60 and 61 right and left
    /// iris, 62 face, 63 and 64 right and left palm, 65 voice.
    /// </summary>
    public IReadOnlyDictionary<long, IReadOnlyList<Claim169Biometric>> Biometrics { get; init; } =
        new Dictionary<long, IReadOnlyList<Claim169Biometric>>();

    /// <summary>Members with other numbers, as encoded CBOR.</summary>
    public IReadOnlyDictionary<long, ReadOnlyMemory<byte>> Unknown { get; init; } = new Dictionary<long, ReadOnlyMemory<byte>>();
}
