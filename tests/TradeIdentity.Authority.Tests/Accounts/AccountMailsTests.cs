using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Tests.Accounts;

public class AccountMailsTests
{
    private static readonly AccountMails Mails = new(
        new Uri("https://identity.customs.example/"), SpokenLanguages.All.Where(language => language.Code != "es").ToDictionary(language => language.Code, language => $"Customs in {language.Name}"));

    public static TheoryData<string> Codes => [.. SpokenLanguages.All.Select(language => language.Code)];

    [Theory, MemberData(nameof(Codes))]
    public void A_mail_names_the_authority_in_the_language_of_its_receiver_and_has_the_link_on_a_line_of_its_own(string code)
    {
        var account = new Account { Id = "01a20b", Email = "ada@trader.example", Name = new PersonName("Ada", "Example"), Language = code };
        OutgoingMail[] mails = [Mails.Confirmation(account, "t+k"), Mails.Reset(account, "t+k"), Mails.AccountExists(account)];
        Assert.Equal(3, mails.Select(mail => mail.Subject).Distinct().Count());
        string[] links = ["/account/confirm-email?account=01a20b&token=t%2Bk", "/account/reset-password?account=01a20b&token=t%2Bk", "/sign-in"];
        Assert.Equal(links.Select(link => "https://identity.customs.example" + link), mails.Select(mail => mail.Text.Split('\n')[2]));
        // Where the authority has no name in the language, it has its English one.
        var name = code == "es" ? "Customs in English" : $"Customs in {SpokenLanguages.Find(code)!.Name}";
        Assert.All(mails, mail => Assert.Contains(Isolated.In(SpokenLanguages.Find(code)!, name), mail.Text, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.DoesNotContain("{0}", mail.Text, StringComparison.Ordinal));
        if (code != "en")
        {
            var english = new Account { Id = account.Id, Email = account.Email, Language = "en" };
            Assert.NotEqual(Mails.Reset(english, "t").Subject, mails[1].Subject);
        }
    }

    [Fact]
    public void A_language_that_is_not_spoken_is_answered_in_english() =>
        Assert.Equal("Set a new password", Mails.Reset(new Account { Id = "01a20b", Email = "ada@trader.example", Language = "tlh" }, "t").Subject);

    [Theory]
    [InlineData("Ada", "Example", "Ada Example")]
    [InlineData("", "Example", "Example")]
    [InlineData("小明", "王", "王小明")]
    [InlineData("철수", "김", "김철수")]
    [InlineData("小明", "", "小明")]
    [InlineData("Ming", "王", "Ming 王")]
    [InlineData("ليلى", "المثال", "ليلى المثال")]
    public void A_name_is_said_in_the_order_of_its_script(string given, string family, string said) =>
        Assert.Equal(said, new PersonName(given, family).ToString());
}
