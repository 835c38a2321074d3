using System.Net;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Site;

/// <summary>Which language a page has, by what a browser and a client say.</summary>
public sealed class LanguageChoiceTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Theory]
    [InlineData(null, "en", "ltr")]
    [InlineData("es-MX,en;q=0.8", "es", "ltr")]
    [InlineData("ar-SA", "ar", "rtl")]
    [InlineData("zh-CN,zh;q=0.9", "zh-Hans", "ltr")]
    [InlineData("zh-TW,fr;q=0.5", "fr", "ltr")]
    [InlineData("de,ar;q=0.2,es;q=0.7", "es", "ltr")]
    [InlineData("ar;q=0,fr;q=0.1", "fr", "ltr")]
    [InlineData("de-AT, tlh", "en", "ltr")]
    [InlineData("*", "en", "ltr")]
    public async Task A_browser_is_answered_in_the_language_that_it_prefers(string? accepted, string tag, string direction)
    {
        var page = await GetAsync("/sign-in", accepted);
        Assert.Contains($"<html lang=\"{tag}\" dir=\"{direction}\">", page.Text, StringComparison.Ordinal);
        Assert.Equal(tag, page.Language);
    }

    [Fact]
    public async Task What_is_chosen_goes_before_what_the_client_asks_for_and_that_before_what_the_browser_prefers()
    {
        const string Asked = "/sign-in?returnUrl=%2Fconnect%2Fauthorize%3Fui_locales%3Dde%2520ar-EG%2520fr";
        Assert.Equal("ar", (await GetAsync(Asked, "fr")).Language);
        Assert.Equal("zh-Hans", (await GetAsync(Asked, "fr", "language=zh")).Language);
        Assert.Equal("es", (await GetAsync(Asked + "&language=es", "fr", "language=zh")).Language);
        Assert.Equal("ar", (await GetAsync(Asked + "&language=xx", "fr", "language=../en")).Language);
    }

    [Fact]
    public async Task A_page_leads_to_each_other_language_under_its_own_name()
    {
        var page = await GetAsync("/sign-in?returnUrl=%2Faccount", "ar");
        foreach (var (code, tag, name) in new[] { ("en", "en", "English"), ("fr", "fr", "Français"), ("es", "es", "Español"), ("zh", "zh-Hans", "简体中文") })
        {
            Assert.Contains($"<a href=\"/sign-in?returnUrl=%2Faccount&amp;language={code}\" hreflang=\"{tag}\" lang=\"{tag}\" dir=\"ltr\">{name}</a>", WebUtility.HtmlDecode(page.Text).Replace("&language", "&amp;language", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private async Task<(string Text, string? Language)> GetAsync(string path, string? accepted, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in new[] { ("Accept-Language", accepted), ("Cookie", cookie), ("Accept", "text/html") })
        {
            if (value is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Content.Headers.ContentLanguage.SingleOrDefault());
    }
}
