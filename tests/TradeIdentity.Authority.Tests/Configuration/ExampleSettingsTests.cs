using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Tests.Configuration;

/// <summary>The example at the root is what administrators copy: it must be right, and whole.</summary>
public sealed class ExampleSettingsTests
{
    private static readonly IConfigurationRoot Example = new ConfigurationBuilder().AddJsonFile(Repository.PathOf("appsettings.example.json")).Build();

    private readonly AuthorityConfiguration _read = AuthorityConfiguration.Read(Example, new ConfiguredEnvironment(Environments.Production));

    [Fact]
    public void A_production_start_takes_it_as_it_is()
    {
        Assert.Equal("XA-CUSTOMS", _read.Issuer.Code);
        Assert.Equal("Example Customs Administration", _read.Issuer.Names["en"]);
        Assert.Equal("PostgreSql", _read.Storage.Provider);
        Assert.Equal("/etc/tradeidentity/encryption.key", _read.Keys.EncryptionKeyFile);
        Assert.Equal(365, _read.Keys.IssuingKeyDays);
        Assert.Equal(24, _read.Trust.NextUpdateHours);
        Assert.Equal(587, _read.Mail.Port);
    }

    [Fact]
    public void It_has_every_key_of_every_section()
    {
        foreach (var (section, options) in Sections())
        {
            var inExample = Example.GetSection(section).GetChildren().Select(child => child.Key);
            Assert.Equal(options.GetProperties().Select(property => property.Name).Order(), inExample.Order());
        }
    }

    [Fact]
    public void It_has_no_other_section_than_those_that_are_read() => Assert.Equal(
        ["Accounts", "Bootstrap", "ClientAttestation", "Issuer", "Keys", "Mail", "MutualTls", "RateLimits", "Registration", "Retention", "Server", "Storage", "Trust"], Example.GetChildren().Select(section => section.Key).Order());

    [Fact]
    public void Every_key_of_a_section_that_is_misspelt_is_refused_by_its_name()
    {
        foreach (var key in Sections().SelectMany(s => s.Options.GetProperties().Select(property => $"{s.Section}:{property.Name}")))
        {
            var misspelt = new ConfigurationBuilder().AddConfiguration(Example).AddInMemoryCollection([new($"{key}x", "1")]).Build();
            var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
                () => AuthorityConfiguration.Read(misspelt, new ConfiguredEnvironment(Environments.Production)));
            Assert.Contains($"{key}x", failure.Message, StringComparison.Ordinal);
        }
    }

    private static (string Section, Type Options)[] Sections() =>
    [
        ("Issuer", typeof(IssuerOptions)), ("Storage", typeof(StorageOptions)), ("Keys", typeof(KeysOptions)), ("Trust", typeof(TrustOptions)),
        ("Accounts", typeof(AccountsOptions)), ("Mail", typeof(MailOptions)), ("RateLimits", typeof(RateLimitsOptions)), ("Retention", typeof(RetentionOptions)),
    ];
}
