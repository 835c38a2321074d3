using CsCheck;
using TradeIdentity.Verification.Credentials;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Credentials;

/// <summary>What is written is read back equal, and nothing else stands for it.</summary>
public sealed class CredentialEncodingTests
{
    private const string UpperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly Gen<char> Letter = Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

    private static readonly Gen<string> Country = Gen.Select(Letter, Letter, (a, b) => $"{a}{b}");

    // Names in every script, with what JSON and terminals find awkward.
    private static readonly Gen<string> Name = Gen.Char["AZaz 09.,&\"'\\/<>éßØŁжщ東京ไทยعربى"].Array[1, 60].Select(chars => new string(chars));

    private static readonly Gen<IdentifierClaim[]> Identifiers = Gen.Select(Gen.Int[1, 23], Name, Gen.Bool)
        .Select((scheme, value, confirmed) => new IdentifierClaim(scheme, value[..Math.Min(value.Length, 16)], confirmed))
        .Array[0, 6]
        .Select(claims => claims.DistinctBy(c => (c.Scheme, c.IsConfirmed)).OrderByDescending(c => c.IsConfirmed).ThenBy(c => c.Scheme).ToArray());

    private static readonly Gen<AeoComponentClaim[]> Aeo = Gen.Select(
            Gen.Int[1, 255], Gen.Int[1, 2], Gen.Char[UpperAlphanumeric].Array[1, 35], Gen.Int[0, 2_900_000], Gen.Int[0, 30_000], Gen.Bool)
        .Select((code, status, number, from, days, ends) => new AeoComponentClaim(
            code, (AeoComponentStatus)status, new string(number), Day(from), ends ? Day(from + days) : null))
        .Array[0, 5]
        .Select(claims => claims.DistinctBy(c => c.Component).OrderBy(c => c.Component).ToArray());

    private static readonly Gen<string> SomeTin = Gen.Select(Country, Gen.Char[UpperAlphanumeric].Array[1, 15]).Select((country, rest) => country + new string(rest));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static readonly Gen<MandateLimits> Limits = Gen.Select(
            Gen.Int[1, 255].Array[0, 4], OneOf("10", "40", "4000", "42", "71").Array[0, 4], OneOf("NLRTM", "BEANR", "DEHAM").Array[0, 3], Gen.Long[0, 1_000_000_000_000])
        .Select((declarations, procedures, places, value) => new MandateLimits
        {
            Declarations = [.. declarations.Distinct().Order()],
            Procedures = [.. procedures.Distinct().Order(StringComparer.Ordinal)],
            Places = [.. places.Distinct().Order(StringComparer.Ordinal)],
            Value = value == 0 ? null : value,
            Currency = value == 0 ? null : "EUR",
        });

    private static readonly Gen<MandateClaim> Mandates = Gen.Select(
            Gen.Int[1, 2], Gen.Select(SomeTin, Name, Gen.Int[1, (1 << 24) - 1], Gen.Int[0, (1 << 24) - 1]).Array[1, 4], Name, Gen.Bool, Limits)
        .Select((representation, links, bearer, hasBearer, limits) => new MandateClaim
        {
            Representation = (Representation)representation,
            Links = [.. links.Select(link => new MandateLinkClaim(link.Item1, link.Item2, new StatusReference(link.Item3, link.Item4))).DistinctBy(link => link.Tin).DistinctBy(link => link.Status)],
            Bearer = hasBearer ? bearer : null,
            Limits = limits,
        });

    private static readonly Gen<Credential> AnyCredential = Gen.Select(WithoutMandate, Mandates, Gen.Bool).Select((credential, mandate, states) =>
        !states || (mandate.Bearer is null && mandate.Links.Any(link => link.Tin == credential.Tin)) || (credential.Jurisdiction != credential.Tin[..2] && mandate.Bearer is not null)
            ? credential
            : credential with
            {
                Type = CredentialTypes.Mandate,
                Mandate = mandate,
                Tin = mandate.Bearer is null ? credential.Tin : mandate.Links[^1].Tin,
                Jurisdiction = mandate.Bearer is null ? credential.Jurisdiction : mandate.Links[^1].Tin[..2],
            });

    private static Gen<Credential> WithoutMandate => Gen.Select(
        Gen.Select(Country, Gen.Char[UpperAlphanumeric].Array[0, 15], Country, Gen.Char[UpperAlphanumeric].Array[1, 15], Country),
        Gen.Select(Gen.Int[1, 255], Gen.Long[0, 4_000_000_000], Gen.Int[0, 100_000], Gen.Int[1, 400_000_000]),
        Gen.Select(Gen.Int[1, (1 << 24) - 1], Gen.Int[0, (1 << 24) - 1]),
        Gen.Select(Name, Name, Gen.Bool, Gen.Int[0, 3]),
        Gen.Select(Identifiers, Aeo, Gen.Char[UpperAlphanumeric].Array[1, 3].Select(c => new string(c)).Array[0, 16]),
        (codes, times, place, texts, lists) => new Credential
        {
            Issuer = codes.Item2.Length == 0 ? codes.Item1 : $"{codes.Item1}-{new string(codes.Item2)}",
            Type = times.Item1 == CredentialTypes.Mandate ? CredentialTypes.AeoStatus : times.Item1,
            IssuedAt = Time(times.Item2),
            NotBefore = Time(times.Item2 + times.Item3),
            ExpiresAt = Time(times.Item2 + times.Item3 + times.Item4),
            Status = new StatusReference(place.Item1, place.Item2),
            LegalName = texts.Item1,
            Tin = codes.Item3 + new string(codes.Item4),
            Jurisdiction = texts.Item3 ? codes.Item3 : codes.Item5,
            Identifiers = lists.Item1,
            Roles = lists.Item3,
            Aeo = lists.Item2,
            Address = texts.Item3 ? texts.Item2 : null,
            EntityAssurance = texts.Item4 == 0 ? null : texts.Item4,
        });

    [Theory]
    [InlineData("Example\nB.V.")]
    [InlineData("Example\u0000")]
    [InlineData("Example \u001b[2J")]
    [InlineData("\u202Emoc.elpmaxe")]
    [InlineData("Example\u2066B.V.")]
    [InlineData("Example\u2028B.V.")]
    public void A_name_that_misleads_the_eye_is_not_read(string name) =>
        Assert.False(CredentialReader.TryRead(CredentialWriter.Write(TestIssuer.Company with { LegalName = name }), out _));

    [Fact]
    public void Any_credential_is_read_back_equal() => AnyCredential.Sample(written =>
    {
        Assert.True(CredentialReader.TryRead(CredentialWriter.Write(written), out var read));
        Assert.Equal(Flat(written), Flat(read));
    }, iter: 2000);

    [Fact]
    public void What_is_read_has_one_encoding() =>
        Gen.Select(AnyCredential, Gen.Int[0, 100_000], Gen.Byte, Gen.Int[0, 3]).Sample((credential, where, value, change) =>
        {
            var payload = CredentialWriter.Write(credential);
            var at = where % payload.Length;
            byte[] changed = change switch
            {
                0 => [.. payload[..at], value, .. payload[(at + 1)..]],
                1 => [.. payload[..at], value, .. payload[at..]],
                2 => [.. payload[..at], .. payload[(at + 1)..]],
                _ => [.. payload[..at], .. payload[(at / 2)..]],
            };
            return !CredentialReader.TryRead(changed, out var read) || CredentialWriter.Write(read).AsSpan().SequenceEqual(changed);
        }, iter: 10_000);

    [Fact]
    public void The_order_in_which_an_issuer_lists_things_does_not_count_where_it_means_nothing()
    {
        var sorted = Company with
        {
            Identifiers = [new IdentifierClaim(1, "A", true), new IdentifierClaim(3, "B", true), new IdentifierClaim(1, "C", false)],
            Aeo = [Component(1), Component(2)],
        };
        var unsorted = sorted with { Identifiers = [.. sorted.Identifiers.Reverse()], Aeo = [.. sorted.Aeo.Reverse()] };
        Assert.Equal(CredentialWriter.Write(sorted), CredentialWriter.Write(unsorted));
    }

    [Fact]
    public void Times_are_whole_seconds() => Assert.Equal(
        CredentialWriter.Write(Company),
        CredentialWriter.Write(Company with { IssuedAt = Company.IssuedAt.AddMilliseconds(999), NotBefore = Company.NotBefore.AddMilliseconds(1) }));

    private static AeoComponentClaim Component(int code) => new(code, AeoComponentStatus.Granted, "N1", new DateOnly(2024, 5, 1));

    private static DateOnly Day(int day) => new DateOnly(1970, 1, 1).AddDays(day);

    private static DateTimeOffset Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static string Flat(Credential credential) => string.Join(
        '|',
        credential with { Identifiers = [], Roles = [], Aeo = [], Mandate = null },
        string.Join(';', credential.Identifiers),
        string.Join(';', credential.Roles),
        string.Join(';', credential.Aeo),
        credential.Mandate is not { } mandate ? "" : string.Join(
            '|',
            mandate.Representation,
            mandate.Bearer,
            string.Join(';', mandate.Links),
            string.Join(';', mandate.Limits.Declarations),
            string.Join(';', mandate.Limits.Procedures),
            string.Join(';', mandate.Limits.Places),
            mandate.Limits.Value,
            mandate.Limits.Currency));
}
