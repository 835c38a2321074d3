using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Passwords;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class PasswordRulesTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    [Theory]
    [InlineData("elevenchars", "PasswordTooShort")]
    [InlineData("password1234", "PasswordBreached")]
    [InlineData("Password-1234!", "PasswordBreached")]
    [InlineData("Correct Horse Battery Staple", "PasswordBreached")]
    [InlineData("aaaaaaaaaaaa", "PasswordBreached")]
    [InlineData("ab12ab12ab12ab", "PasswordBreached")]
    [InlineData("345678901234567", "PasswordBreached")]
    [InlineData("lkjihgfedcba", "PasswordBreached")]
    [InlineData("Ada@Trader.example", "PasswordIsEmail")]
    public async Task What_is_short_or_guessed_first_is_refused(string password, string code)
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        Assert.Equal(code, Assert.Single((await CreateAsync(accounts, password)).Errors).Code);
    }

    [Theory]
    [InlineData("only small letters")]
    [InlineData("сорок тысяч обезьян")]
    [InlineData("482915037264")]
    public async Task No_kind_of_character_is_asked_for(string password)
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        TestAccounts.Succeeds(await CreateAsync(accounts, password));
    }

    [Fact]
    public async Task What_is_hashed_is_bounded()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        Assert.Equal("PasswordTooLong", Assert.Single((await CreateAsync(accounts, string.Concat(Enumerable.Range(0, 100).Select(i => $"{i} ")))).Errors).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".txt")]
    public async Task A_password_of_a_range_folder_is_refused(string extension)
    {
        var hash = Hash("a sentence that was leaked");
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, hash[..5] + extension), ["0018A45C4D1DEF81644B54AB7F969B88D65:21", $"{hash[5..]}:3", $"{Hash("x")[5..]}:1"], TestContext.Current.CancellationToken);
        await using var accounts = new TestAccounts(await ledger.NewAsync(), breachedPasswords: _folder);

        Assert.Equal("PasswordBreached", Assert.Single((await CreateAsync(accounts, "a sentence that was leaked")).Errors).Code);
        TestAccounts.Succeeds(await CreateAsync(accounts, "a sentence that was not"));
    }

    [Fact]
    public void A_suffix_that_pads_a_range_is_none_of_a_password()
    {
        var hash = Hash("padded");
        File.WriteAllText(Path.Combine(_folder, hash[..5]), $"{hash[5..]}:0\r\n");
        Assert.False(Open(_folder).Contains("padded"));
    }

    [Fact]
    public void Every_password_of_a_file_of_whole_hashes_is_found_and_no_other()
    {
        var passwords = Enumerable.Range(0, 500).Select(i => $"password number {i}").ToList();
        var lines = passwords.Select((password, i) => $"{Hash(password)}:{i * 7919L}").Order(StringComparer.Ordinal);
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var file = Path.Combine(_folder, $"hashes{end.Length}");
            File.WriteAllText(file, string.Join(end, lines));
            var breached = Open(file);
            Assert.All(passwords, password => Assert.True(breached.Contains(password), password));
            Assert.All(Enumerable.Range(500, 500), i => Assert.False(breached.Contains($"password number {i}")));
        }
    }

    [Fact]
    public void An_empty_file_knows_nothing_and_a_missing_one_is_refused_by_its_key()
    {
        var file = Path.Combine(_folder, "empty");
        File.WriteAllText(file, "");
        Assert.False(Open(file).Contains("anything"));
        Assert.Contains("Accounts:BreachedPasswords", BreachedPasswords.Open(Path.Combine(_folder, "none")).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_rests_as_PBKDF2_of_SHA_512_at_the_count_of_OWASP()
    {
        var services = new ServiceCollection();
        services.AddAccountStores(Open(""));
        await using var provider = services.BuildServiceProvider();
        var hasher = new PasswordHasher<Account>(provider.GetRequiredService<IOptions<PasswordHasherOptions>>());

        var stored = Convert.FromBase64String(hasher.HashPassword(new Account { Id = "" }, TestAccounts.Password));

        // Version 3: 0x01, the function (2 is SHA-512), the count, each in 32 bits.
        Assert.Equal([1, 0, 0, 0, 2, 0, 3, 0x34, 0x50], stored[..9]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<IdentityResult> CreateAsync(TestAccounts accounts, string password) =>
        accounts.Users.CreateAsync(new Account { Id = Account.NewId(), Email = "ada@trader.example" }, password);

    private static BreachedPasswords Open(string path) => TestAuthority.Value(BreachedPasswords.Open(path));

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The list is of SHA-1 hashes.")]
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
}
