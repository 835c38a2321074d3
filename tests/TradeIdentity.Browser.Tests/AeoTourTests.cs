using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;
using TradeIdentity.Tests.Aeo;

namespace TradeIdentity.Browser.Tests;

/// <summary>Every act of the life of AEO status, taken and seen on the screen by a holder and two officers, without JavaScript.</summary>
[Collection(OnOneBrowser.Name)]
public sealed partial class AeoTourTests(Browser browser)
{
    [Fact]
    public async Task Every_act_of_the_lifecycle_can_be_taken_and_seen_and_no_other()
    {
        var options = new BrowserNewContextOptions { JavaScriptEnabled = false };
        await using var first = await browser.OpenAsync(options);
        await using var second = await browser.OpenAsync(options);
        var officer = await Officers.SignInAsync(browser, first, "orla", AccountRoles.AeoOfficer);
        var approver = await Officers.SignInAsync(browser, second, "pavel", AccountRoles.Approver);
        await using var tour = new TourOnScreen(browser, officer, approver);
        await tour.WalkAsync();
    }

    private sealed partial class TourOnScreen(Browser browser, IPage officer, IPage approver) : AeoTour(browser.Services, Seed), IAsyncDisposable
    {
        private const int Seed = 20261124;
        private const string OfHolder = $"/aeo/{Programme}/{Component}";

        private readonly Wording _words = new();
        private IBrowserContext? _context;
        private IPage _holder = null!;
        private string _holderId = "";

        private string Case => $"/officer/operators/{Tin}/aeo";

        public ValueTask DisposeAsync() => _context?.DisposeAsync() ?? ValueTask.CompletedTask;

        protected override async Task BeginAsync()
        {
            await DisposeAsync();
            _context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
            _holder = await _context.NewPageAsync();
            var account = await People.AddAsync(browser, "hanna", Tin);
            _holderId = account.Id;
            await People.SignInAsync(_holder, account, "/aeo");
        }

        protected override async Task<Seen> LookAsync()
        {
            await officer.GotoAsync(Case);
            var ofOfficers = Section(officer);
            var acts = OfficersActs().Matches(await officer.ContentAsync()).Select(link => AeoCodes.TryParse(link.Groups[1].Value, out AeoAct act) ? act : (AeoAct?)null).OfType<AeoAct>();
            var status = Named(await ofOfficers.Locator("h2 .tag").InnerTextAsync(), "Officer.status.");
            var steps = await ofOfficers.Locator("ol > li").CountAsync();

            await _holder.GotoAsync("/aeo");
            if (status is not null)
            {
                Assert.Equal(status, Named(await Section(_holder).Locator("h2 .tag").InnerTextAsync(), "AeoHolder.status."));
                Assert.Equal(steps, await Section(_holder).Locator("ol.steps > li").CountAsync());
            }

            var content = await _holder.ContentAsync();
            List<AeoAct> holdersActs =
            [
                .. new[] { (AeoAct.Submit, "questionnaire"), (AeoAct.Withdraw, "withdraw"), (AeoAct.Relinquish, "relinquish") }
                    .Where(act => content.Contains($"href=\"{OfHolder}/{act.Item2}\"", StringComparison.Ordinal)).Select(act => act.Item1),
            ];
            await _holder.GotoAsync("/aeo/apply");
            if (await _holder.Locator($"#component-{Component}").CountAsync() > 0)
            {
                holdersActs.Add(AeoAct.Open);
            }

            return new Seen(status, steps, [.. acts], holdersActs);
        }

        protected override Task TakeAsync(AeoAct act, bool asHolder, bool takesTwo) => asHolder ? TakeAsHolderAsync(act) : TakeAsOfficerAsync(act, takesTwo);

        protected override async Task IsRefusedAsync(AeoAct act)
        {
            if (act == AeoAct.AskInformation)
            {
                await AskAsync();
            }
            else
            {
                await EnterAsync(act);
            }

            await Assertions.Expect(officer.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await Assertions.Expect(officer.Locator("form[action*=Confirm]")).ToHaveCountAsync(0);
        }

        private async Task TakeAsHolderAsync(AeoAct act)
        {
            if (act == AeoAct.Submit)
            {
                await Answers.CompleteAsync(browser, Tin, Component, _holderId);
            }

            await _holder.GotoAsync(act == AeoAct.Open ? "/aeo/apply" : $"{OfHolder}/{act.ToCode()}");
            if (act == AeoAct.Open)
            {
                await _holder.Locator($"label[for=component-{Component}]").ClickAsync();
            }

            if (act == AeoAct.Submit)
            {
                await _holder.Locator("label[for=declared]").ClickAsync();
            }
            else
            {
                await _holder.Locator("input[name=Reason]").FillAsync("As we decided.");
            }

            await _holder.Locator("main form .button").ClickAsync();
            await Assertions.Expect(_holder.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        }

        private async Task TakeAsOfficerAsync(AeoAct act, bool takesTwo)
        {
            if (act == AeoAct.AskInformation)
            {
                await AskAsync();
                await Assertions.Expect(officer.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
                await AnswerAsync();
                return;
            }

            if (act == AeoAct.Grant)
            {
                await ReportVisitAsync();
            }

            await EnterAsync(act);
            await officer.Locator("form[action*=Confirm] button").ClickAsync();
            await Assertions.Expect(officer.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
            if (takesTwo)
            {
                await approver.GotoAsync((await officer.Locator("a[href*='/proposals/']").GetAttributeAsync("href"))!);
                await approver.Locator("form[action*=Approve] button").ClickAsync();
                await Assertions.Expect(approver.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
            }
        }

        private async Task EnterAsync(AeoAct act)
        {
            await officer.GotoAsync($"{Case}/{Programme}/{Component}/{act.ToCode()}");
            await officer.Locator("input[name=LegalGround]").FillAsync("Article 38 UCC");
            if (act == AeoAct.Grant)
            {
                await officer.Locator("input[name=AuthorisationNumber]").FillAsync($"{Tin}C");
            }
            else if (act == AeoAct.Suspend)
            {
                await officer.Locator("label[for=ground-suspected]").ClickAsync();
            }

            await officer.Locator("form:not([action*=Confirm]) .button").ClickAsync();
        }

        private async Task AskAsync()
        {
            await officer.GotoAsync($"{Case}/{Programme}/{Component}/{AeoAct.AskInformation.ToCode()}");
            await officer.Locator("textarea[name=Question]").FillAsync("Balance sheets?");
            await officer.Locator("input[name=DueOn]").FillAsync(Day(5));
            await officer.Locator("main .button").ClickAsync();
        }

        private async Task AnswerAsync()
        {
            await _holder.GotoAsync("/aeo/requests");
            await _holder.GetByRole(AriaRole.Link, new() { Name = "Send the answer" }).ClickAsync();
            await _holder.Locator("textarea[name=Answer]").FillAsync("Attached.");
            await _holder.Locator("main form .button").ClickAsync();
            await Assertions.Expect(_holder.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        }

        private async Task ReportVisitAsync()
        {
            await officer.GotoAsync($"{Case}/{Programme}/{Component}/visit");
            await officer.Locator("input[name=VisitedOn]").FillAsync(Day(0));
            await officer.Locator("input[name=Place]").FillAsync("Warehouse 4");
            await officer.Locator("input[name=Visitors]").FillAsync("Two auditors");
            foreach (var finding in await officer.Locator("textarea[name=Findings]").AllAsync())
            {
                await finding.FillAsync("As it should be.");
            }

            foreach (var met in await officer.Locator("input[name=Met], #favourable").AllAsync())
            {
                await met.CheckAsync(new LocatorCheckOptions { Force = true });
            }

            await officer.Locator("textarea[name=Conclusion]").FillAsync("All criteria are met.");
            await officer.Locator("main form .button").ClickAsync();
            await Assertions.Expect(officer.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        }

        private static ILocator Section(IPage page) => page.Locator($"section[aria-labelledby='component-{Programme}-{Component}']");

        private static string Day(int later) => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>The state that a word on the screen stands for; null: none.</summary>
        private AeoStatus? Named(string word, string prefix) =>
            Enum.GetValues<AeoStatus>().Where(status => _words.Find(prefix + status.ToCode()) == word.Trim()).Select(status => (AeoStatus?)status).SingleOrDefault();

        [GeneratedRegex($"href=\"/officer/operators/[A-Z0-9]+/aeo/{Programme}/{Component}/([a-z-]+)\"")]
        private static partial Regex OfficersActs();
    }
}
