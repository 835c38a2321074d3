using System.Globalization;
using System.Net;
using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Tests.Aeo;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Every act of the life of AEO status, taken and seen over the API with the tokens of a holder and of two officers.</summary>
public sealed class AeoTourTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_act_of_the_lifecycle_can_be_taken_and_seen_and_no_other(int seed) =>
        await new TourOverApi(host, await OfficerAsync(AccountRoles.AeoOfficer), await OfficerAsync(AccountRoles.Approver), seed).WalkAsync();

    private async Task<string> OfficerAsync(string role)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, role);
        return await host.AccessTokenAsync(account, "aeo.decide operators.read");
    }

    private sealed class TourOverApi(PersonHost host, string officer, string approver, int seed) : AeoTour(host.Services, seed)
    {
        private string _holder = "";

        private string Life => $"/api/v1/operators/{Tin}/aeo";

        protected override async Task BeginAsync() => _holder = await host.AccessTokenAsync(await host.RegisterAsync(Tin), "aeo.apply", Tin);

        protected override async Task<Seen> LookAsync()
        {
            var (seen, asHolder) = (await SendAsync(Life, officer), await SendAsync($"{Life}/holder", _holder));
            var component = OfComponent(seen, "components").Cast<JsonElement?>().SingleOrDefault();
            var steps = OfComponent(seen, "history").Count();
            Assert.Equal(steps, OfComponent(asHolder, "history").Count());
            if (component is not { } held)
            {
                // What can be done with a component that the operator never had, the API does not tell.
                return new Seen(null, steps, null, null);
            }

            Assert.True(AeoCodes.TryParse(held.GetProperty("status").GetString()!, out AeoStatus status));
            return new Seen(status, steps, Acts(held, "officer", "two-officers"), Acts(OfComponent(asHolder, "components").Single(), "holder"));
        }

        protected override async Task TakeAsync(AeoAct act, bool asHolder, bool takesTwo)
        {
            if (asHolder)
            {
                if (act == AeoAct.Submit)
                {
                    await SendAsync($"{Life}/holder/answers", _holder, await Applications.AnswersAsync(host, Tin, _holder, Component, Programme));
                }

                await SendAsync($"{Life}/holder/acts", _holder, $$"""{"component":"{{Component}}","act":"{{act.ToCode()}}","reason":"As we decided."}""");
            }
            else if (act == AeoAct.AskInformation)
            {
                var request = await SendAsync($"{Life}/requests", officer, Question);
                await SendAsync($"{Life}/holder/requests/{request.GetProperty("id").GetString()}/answer", _holder, """{"answer":"Attached."}""");
            }
            else if (takesTwo)
            {
                if (act == AeoAct.Grant)
                {
                    await SendAsync($"{Life}/visits", officer, Visit);
                }

                var proposal = await SendAsync($"{Life}/proposals", officer, Decision(act));
                await SendAsync($"{Life}/proposals/{proposal.GetProperty("id").GetString()}/approve", approver, "");
            }
            else
            {
                await SendAsync($"{Life}/acts", officer, Decision(act));
            }
        }

        protected override async Task IsRefusedAsync(AeoAct act)
        {
            var (path, body) = act == AeoAct.AskInformation ? ("requests", Question)
                : AeoLifecycle.Transitions.First(way => way.Act == act).TakesTwoOfficers ? ("proposals", Decision(act))
                : ("acts", Decision(act));
            using var response = await host.SendAsync(HttpMethod.Post, $"{Life}/{path}", officer, body);
            Assert.True(response.StatusCode == HttpStatusCode.Conflict, $"{act}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        private static string Question => $$"""{"component":"{{Component}}","question":"Balance sheets?","dueOn":"{{Day(5)}}"}""";

        private static string Visit =>
            $$$"""{"component":"{{{Component}}}","visitedOn":"{{{Day(0)}}}","place":"Warehouse 4","visitors":"Two auditors","favourable":true,"conclusion":"Met.","findings":[{"criterion":"compliance","met":true,"text":"Met."},{"criterion":"records","met":true,"text":"Met."},{"criterion":"solvency","met":true,"text":"Met."},{"criterion":"competence","met":true,"text":"Met."}]}""";

        private string Decision(AeoAct act)
        {
            var more = act == AeoAct.Grant ? $"\"authorisationNumber\":\"{Tin}C\"," : act == AeoAct.Suspend ? "\"ground\":\"suspected\"," : "";
            return $$"""{"component":"{{Component}}","act":"{{act.ToCode()}}",{{more}}"legalGround":"Article 38 UCC"}""";
        }

        private static string Day(int later) => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private static IEnumerable<JsonElement> OfComponent(JsonElement life, string member) =>
            life.GetProperty(member).EnumerateArray().Where(each => each.GetProperty("component").GetString() == Component);

        private static List<AeoAct> Acts(JsonElement component, params string[] deciders)
        {
            var acts = component.GetProperty("nextActs").EnumerateArray().Where(way => way.GetProperty("by").EnumerateArray().Any(by => deciders.Contains(by.GetString())));
            return [.. acts.Select(way => AeoCodes.TryParse(way.GetProperty("act").GetString()!, out AeoAct act) ? act : throw new FormatException($"{way}"))];
        }

        private async Task<JsonElement> SendAsync(string path, string token, string? body = null)
        {
            using var response = await host.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, token, body);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            return await ServerFixture.JsonAsync(response);
        }
    }
}
