using System.Security.Cryptography.X509Certificates;
using TradeIdentity.Authority.OpenId.Certificates;

namespace TradeIdentity.Authority.Tests.OpenId.Certificates;

/// <summary>RFC 4514 names, compared as RFC 4517 §4.2.15 has it.</summary>
public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN=Desk,O=Freight,C=XA", "CN=Desk, O=Freight, C=XA")]
    [InlineData("cn=desk , o= Freight,C=xa", "CN=Desk, O=Freight, C=XA")]
    [InlineData("2.5.4.3=Desk,O=Freight", "CN=Desk, O=Freight")]
    [InlineData("CN=#0C044465736B,O=Freight", "CN=Desk, O=Freight")]
    [InlineData("CN=#13044465736B,O=Freight", "CN=Desk, O=Freight")]
    [InlineData("CN=a\\,b\\+c\\3Dd", "CN=\"a,b+c=d\"")]
    [InlineData("CN=Lu\\C4\\8Di\\C4\\87", "CN=Lučić")]
    [InlineData("CN=Lučić", "CN=LUČIĆ")]
    [InlineData("CN=one  two", "CN=one two")]
    [InlineData("UID=7,DC=freight,DC=example", "OID.0.9.2342.19200300.100.1.1=7, DC=freight, DC=example")]
    [InlineData("O=x\\20", "O=x")]
    public void The_same_name_written_otherwise_is_equal(string registered, string ofCertificate) => Assert.Equal(Parse(registered), Of(ofCertificate));

    [Theory]
    [InlineData("CN=Desk,O=Freight", "O=Freight, CN=Desk")]
    [InlineData("CN=Desk", "CN=Desk, O=Freight")]
    [InlineData("CN=Desk,O=Freight", "CN=\"Desk,O=Freight\"")]
    [InlineData("CN=Desk\\,O=Freight", "CN=Desk, O=Freight")]
    [InlineData("CN=Desk", "O=Desk")]
    [InlineData("CN=Desk", "CN=De sk")]
    [InlineData("CN=a+O=b", "CN=a, O=b")]
    [InlineData("CN=#0404446573", "CN=Desk")]
    public void Another_name_is_not(string registered, string ofCertificate) => Assert.NotEqual(Parse(registered), Of(ofCertificate));

    [Fact]
    public void The_order_inside_one_part_says_nothing() => Assert.Equal(Parse("CN=a+O=b,C=XA"), Parse("O=b+CN=a,C=XA"));

    [Theory]
    [InlineData("")]
    [InlineData("Desk")]
    [InlineData("CN=")]
    [InlineData("CN=a,")]
    [InlineData("CN=a,,O=b")]
    [InlineData("=a")]
    [InlineData("UNKNOWN=a")]
    [InlineData("2.05.4=a")]
    [InlineData("CN=a;O=b")]
    [InlineData("CN=\"a\"")]
    [InlineData("CN=a\\")]
    [InlineData("CN=a\\zz")]
    [InlineData("CN=\\FF")]
    [InlineData("CN=a\\00b")]
    [InlineData("CN=a\\01O=b")]
    [InlineData("CN=#")]
    [InlineData("CN=#0C05")]
    [InlineData("CN=#XY")]
    [InlineData("/C=XA/CN=a")]
    public void What_is_no_name_is_refused(string text) => Assert.False(DistinguishedName.TryParse(text, out _));

    [Fact]
    public void A_name_without_end_is_refused() => Assert.False(DistinguishedName.TryParse(string.Join(',', Enumerable.Repeat("CN=a", 1000)), out _));

    [Fact]
    public void An_empty_subject_is_nobodys() => Assert.Null(DistinguishedName.Of(new X500DistinguishedName("")));

    private static DistinguishedName Parse(string text) => DistinguishedName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    private static DistinguishedName? Of(string subject) => DistinguishedName.Of(new X500DistinguishedName(subject));
}
