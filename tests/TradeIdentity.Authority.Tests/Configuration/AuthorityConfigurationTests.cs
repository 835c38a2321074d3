using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Tests.Configuration;

/// <summary>A wrong configuration stops the start with one line that names the key.</summary>
public sealed class AuthorityConfigurationTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["Issuer:BaseUrl"] = "https://identity.customs.example",
        ["Issuer:Code"] = "XA-CUSTOMS",
        ["Issuer:Country"] = "XA",
        ["Issuer:Names:en"] = "Example Customs Administration",
        ["Keys:EncryptionKey"] = Convert.ToBase64String(new byte[32]),
    };

    [Fact]
    public void Takes_a_right_one_anywhere()
    {
        Assert.Equal("XA-CUSTOMS", Read(Environments.Production).Issuer.Code);
        Assert.Equal("XA-CUSTOMS", Read(Environments.Development).Issuer.Code);
    }

    [Theory]
    [InlineData("Issuer:Kode", "XA")]
    [InlineData("Trust:NextUpdate", "24")]
    [InlineData("Issuer:Code", "")]
    [InlineData("Issuer:Code", "XB-CUSTOMS")]
    [InlineData("Issuer:Code", "XA-customs")]
    [InlineData("Issuer:Code", "XA-")]
    [InlineData("Issuer:Code", "XACUSTOMS")]
    [InlineData("Issuer:Code", "XA-CUSTOMSADMINISTRATION1")]
    [InlineData("Issuer:Country", "xa")]
    [InlineData("Issuer:Country", "XAA")]
    [InlineData("Issuer:BaseUrl", "")]
    [InlineData("Issuer:BaseUrl", "identity.customs.example")]
    [InlineData("Issuer:BaseUrl", "ftp://identity.customs.example")]
    [InlineData("Issuer:BaseUrl", "http://identity.customs.example")]
    [InlineData("Issuer:Names:en", "")]
    [InlineData("Issuer:Names:en", " ")]
    [InlineData("Trust:RefreshMinutes", "0")]
    [InlineData("Trust:RefreshMinutes", "often")]
    [InlineData("Trust:NextUpdateHours", "0")]
    [InlineData("Trust:NextUpdateHours", "-1")]
    [InlineData("Trust:NextUpdateHours", "1.5")]
    [InlineData("Retention:ClosedAccountDays", "-1")]
    [InlineData("Retention:UnusedAccountDays", "30")]
    [InlineData("Retention:NoticeDays", "36526")]
    [InlineData("Keys:AnnounceDays", "-1")]
    [InlineData("Keys:IssuingKeyDays", "14")]
    [InlineData("Keys:IssuingKeyDays", "99999999999")]
    [InlineData("Keys:OverlapDays", "0")]
    [InlineData("Keys:EncryptionKeyFile", "data/development-encryption.key")]
    public void A_wrong_value_is_refused_in_one_line_with_the_name_of_its_key(string key, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, (key, value)));
        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void The_next_update_is_later_than_a_refresh()
    {
        (string, string)[] hourly = [("Trust:NextUpdateHours", "1"), ("Trust:RefreshMinutes", "60")];
        var failure = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, hourly));
        Assert.Contains("Trust:NextUpdateHours", failure.Message, StringComparison.Ordinal);
        Assert.Equal(59, Read(Environments.Production, ("Trust:NextUpdateHours", "1"), ("Trust:RefreshMinutes", "59")).Trust.RefreshMinutes);
    }

    [Fact]
    public void Plain_http_is_for_Development()
    {
        Assert.Equal("http://localhost:5080", Read(Environments.Development, ("Issuer:BaseUrl", "http://localhost:5080")).Issuer.BaseUrl);
        Assert.Throws<OptionsValidationException>(() => Read(Environments.Staging, ("Issuer:BaseUrl", "http://localhost:5080")));
    }

    [Fact]
    public void The_issuer_of_the_demonstration_is_for_Development()
    {
        (string, string)[] demonstration = [("Issuer:Code", "XX-DEMO"), ("Issuer:Country", "XX")];
        Assert.Equal("XX-DEMO", Read(Environments.Development, demonstration).Issuer.Code);
        var failure = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, demonstration));
        Assert.Contains("Issuer:Code", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("not base64 not base64 not base64 not base64!")]
    public void A_wrong_encryption_key_is_refused_by_its_name_and_not_repeated(string value)
    {
        var configuration = Configured(("Keys:EncryptionKey", value));
        var failure = Assert.Throws<OptionsValidationException>(
            () => new ServiceCollection().AddAuthority(configuration, new ConfiguredEnvironment(Environments.Production)));
        Assert.Contains("Keys:EncryptionKey", failure.Message, StringComparison.Ordinal);
        Assert.True(value.Length == 0 || !failure.Message.Contains(value, StringComparison.Ordinal));
    }

    private static AuthorityConfiguration Read(string environment, params (string Key, string Value)[] changes) =>
        AuthorityConfiguration.Read(Configured(changes), new ConfiguredEnvironment(environment));

    private static IConfigurationRoot Configured(params (string Key, string Value)[] changes) => new ConfigurationBuilder()
        .AddInMemoryCollection(Right)
        .AddInMemoryCollection(changes.Select(change => new KeyValuePair<string, string?>(change.Key, change.Value)))
        .Build();
}
