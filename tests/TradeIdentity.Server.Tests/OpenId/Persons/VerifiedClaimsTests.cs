using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.OpenId.Persons;

/// <summary>OpenID Connect for Identity Assurance 1.0: what was confirmed about the person, apart from what was about the entity.</summary>
public sealed class VerifiedClaimsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly ProofOfIdentity Passport = new(
        TrustFrameworks.Account, "substantial", "document", "passport", "Example Passport Office", "EXAMPLE-1234567", "Ada Maria", "Example",
        new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.Zero), null);

    private static readonly ProofOfIdentity Electronic = Passport with
    {
        TrustFramework = TrustFrameworks.Eidas,
        AssuranceLevel = "high",
        ConfirmedBy = "eid",
        EvidenceType = "electronic_identification",
        EvidenceSource = "Example eID",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proven_person_has_an_element_of_their_own_beside_those_of_the_entity()
    {
        var verified = await VerifiedAsync(await ProvenAsync(Passport), "openid profile organization");

        var person = Assert.Single(verified, element => Framework(element) == TrustFrameworks.Account);
        Assert.Equal(
            """
            {"verification":{"trust_framework":"tradeidentity_account","assurance_level":"substantial","time":"2026-01-02T10:00:00Z","evidence":[{"type":"document","check_details":[{"check_method":"vpip"},{"check_method":"pvp"}],"document_details":{"type":"passport","issuer":{"name":"Example Passport Office"}}}]},"claims":{"given_name":"Ada Maria","family_name":"Example"}}
            """.Trim(),
            Compact(person));
        var entity = Assert.Single(verified, element => Framework(element) == "tradeidentity_register");
        Assert.Equal(["organization_identifiers"], Names(entity));
        Assert.False(entity.GetProperty("verification").TryGetProperty("assurance_level", out _));
        Assert.Equal(2, verified.Count);
    }

    [Fact]
    public async Task A_notified_electronic_identification_is_an_electronic_record_under_eidas()
    {
        var element = Assert.Single(await VerifiedAsync(await ProvenAsync(Electronic), "openid profile"));
        Assert.Equal(
            """{"trust_framework":"eidas","assurance_level":"high","time":"2026-01-02T10:00:00Z","evidence":[{"type":"electronic_record","check_details":[{"check_method":"auth"}],"record":{"type":"electronic_identification","source":{"name":"Example eID"}}}]}""",
            Compact(element.GetProperty("verification")));
    }

    [Fact]
    public async Task What_an_officer_vouches_for_is_a_vouch_and_a_missing_given_name_is_left_out()
    {
        var account = await ProvenAsync(Passport with { AssuranceLevel = "low", ConfirmedBy = "officer", EvidenceType = "written_attestation", EvidenceSource = "Example Customs", GivenName = "" });
        Assert.Equal(
            """{"verification":{"trust_framework":"tradeidentity_account","assurance_level":"low","time":"2026-01-02T10:00:00Z","evidence":[{"type":"vouch","check_details":[{"check_method":"pvp"}],"attestation":{"type":"written_attestation","voucher":{"organization":"Example Customs"}}}]},"claims":{"family_name":"Example"}}""",
            Compact(Assert.Single(await VerifiedAsync(account, "openid profile"))));
    }

    [Theory]
    [InlineData("openid profile", TrustFrameworks.Account)]
    [InlineData("openid organization", "tradeidentity_register")]
    [InlineData("openid email aeo", "")]
    public async Task Each_scope_brings_its_own_elements(string scope, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await VerifiedAsync(await ProvenAsync(Passport), scope)).Select(Framework)));

    [Fact]
    public async Task Of_a_person_of_whom_nothing_is_proven_nothing_is_said()
    {
        Assert.Empty(await VerifiedAsync(await host.RegisterAsync(), "openid profile"));
        Assert.Empty(await VerifiedAsync(await host.RegisterAsync(), "openid", Ask("""{"verification":{"trust_framework":null},"claims":{"given_name":null}}""")));
    }

    [Fact]
    public async Task A_proof_that_has_expired_is_not_told()
    {
        var account = await ProvenAsync(Passport with { ValidUntil = DateTimeOffset.MaxValue.AddYears(-1) });
        Assert.Single(await VerifiedAsync(account, "openid profile"));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE identity_proofs SET valid_until = 1 WHERE account_id = @account", new { account }), Cancellation);
        Assert.Empty(await VerifiedAsync(account, "openid profile"));
    }

    [Fact]
    public async Task A_withdrawn_proof_and_a_changed_name_end_it_for_tokens_that_were_given_before()
    {
        var (withdrawn, renamed) = (await ProvenAsync(Passport), await ProvenAsync(Passport));
        var (first, second) = (await TokensAsync(withdrawn, "openid profile offline_access"), await TokensAsync(renamed, "openid profile offline_access"));
        Assert.Single(await UserInfoAsync(first));
        Assert.Single(await UserInfoAsync(second));

        Assert.Null((await host.Services.GetRequiredService<WithdrawIdentityProof>().ExecuteAsync(withdrawn, "officer", Cancellation)).Refusal);
        await using var scope = host.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await accounts.FindByIdAsync(renamed))!;
        account.Name = new PersonName("Ada", "Other");
        Assert.True((await accounts.UpdateAsync(account)).Succeeded);

        Assert.Empty(await UserInfoAsync(first));
        Assert.Empty(await UserInfoAsync(second));
    }

    public static TheoryData<string, string> Selections => new()
    {
        // Only what is asked for; the trust framework always, for an element without it is none.
        { """{"verification":{"trust_framework":null},"claims":{"given_name":null}}""", """[{"verification":{"trust_framework":"tradeidentity_account"},"claims":{"given_name":"Ada Maria"}}]""" },
        {
            """{"verification":{"trust_framework":{"value":"tradeidentity_account"},"assurance_level":{"values":["high","substantial"]}},"claims":{"family_name":{"essential":true}}}""",
            """[{"verification":{"trust_framework":"tradeidentity_account","assurance_level":"substantial"},"claims":{"family_name":"Example"}}]"""
        },
        { """{"verification":{"trust_framework":null,"time":null},"claims":{"given_name":null,"birthdate":null}}""", """[{"verification":{"trust_framework":"tradeidentity_account","time":"2026-01-02T10:00:00Z"},"claims":{"given_name":"Ada Maria"}}]""" },
        { """{"verification":{"trust_framework":null,"time":{"max_age":3153600000}},"claims":{"given_name":null}}""", """[{"verification":{"trust_framework":"tradeidentity_account","time":"2026-01-02T10:00:00Z"},"claims":{"given_name":"Ada Maria"}}]""" },
        {
            """{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"vouch"}},{"type":{"value":"document"},"document_details":{"type":{"values":["passport","idcard"]}}}]},"claims":{"family_name":null}}""",
            """[{"verification":{"trust_framework":"tradeidentity_account","evidence":[{"type":"document","document_details":{"type":"passport"}}]},"claims":{"family_name":"Example"}}]"""
        },
        {
            """{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"document"},"check_details":[{"check_method":{"value":"pvp"}}],"document_details":{"issuer":{"name":null},"document_number":null}}]},"claims":{"family_name":null}}""",
            """[{"verification":{"trust_framework":"tradeidentity_account","evidence":[{"type":"document","check_details":[{"check_method":"pvp"}],"document_details":{"type":"passport","issuer":{"name":"Example Passport Office"}}}]},"claims":{"family_name":"Example"}}]"""
        },
        { """{"verification":{"trust_framework":null},"claims":{"given_name":{"value":"Eda"},"family_name":{"values":["Example","Other"]}}}""", """[{"verification":{"trust_framework":"tradeidentity_account"},"claims":{"family_name":"Example"}}]""" },
        { """{"verification":{"trust_framework":null,"assurance_process":{"policy":null},"verification_process":null},"claims":{"given_name":null}}""", """[{"verification":{"trust_framework":"tradeidentity_account"},"claims":{"given_name":"Ada Maria"}}]""" },
        // OpenID Connect Core §5.5.1: what is not understood beside a demand is ignored.
        { """{"verification":{"trust_framework":{"value":"tradeidentity_account","hint":"x"}},"claims":{"given_name":{"hint":1}}}""", """[{"verification":{"trust_framework":"tradeidentity_account"},"claims":{"given_name":"Ada Maria"}}]""" },
        // Each part by itself; the person and the entity never in one element.
        {
            """[{"verification":{"trust_framework":{"value":"eidas"}},"claims":{"given_name":null}},{"verification":{"trust_framework":null},"claims":{"given_name":null,"organization_identifiers":null}}]""",
            """[{"verification":{"trust_framework":"tradeidentity_account"},"claims":{"given_name":"Ada Maria"}},{"verification":{"trust_framework":"tradeidentity_register"},"claims":{"organization_identifiers":[{"scheme":"eori","value":"NL854502130"},{"scheme":"lei","value":"EXAMPLE0000000000184"}]}}]"""
        },
        // What does not match is left out in silence.
        { """{"verification":{"trust_framework":{"value":"eidas"}},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"assurance_level":{"value":"high"}},"claims":{"given_name":null,"organization_identifiers":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"time":{"max_age":1}},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"electronic_record"}}]},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"document"},"check_details":[{"check_method":{"value":"bvr"}}]}]},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"document"},"document_details":{"date_of_issuance":{"max_age":100}}}]},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null,"assurance_process":{"policy":{"value":"x"}}},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":{"max_age":10}},"claims":{"given_name":null}}""", "[]" },
        { """{"verification":{"trust_framework":null},"claims":{"shoe_size":null}}""", "[]" },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task The_claims_parameter_selects_at_the_UserInfo_endpoint_and_in_the_ID_token(string asked, string expected)
    {
        var account = await ProvenAsync(Passport);
        // The scopes would bring more: what is selected stands in its place.
        var tokens = await TokensAsync(account, "openid profile organization offline_access", $$$"""{"userinfo":{"verified_claims":{{{asked}}}},"id_token":{"verified_claims":{{{asked}}}}}""");
        Assert.Equal(expected, Compact(await UserInfoAsync(tokens)));
        Assert.Equal(expected, Compact(OfIdToken(tokens)));

        using var response = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        var refreshed = await OpenIdHost.JsonAsync(response);
        Assert.Equal(expected, Compact(await UserInfoAsync(refreshed)));
        Assert.Equal(expected, Compact(OfIdToken(refreshed)));
    }

    [Fact]
    public async Task A_selection_for_one_place_is_none_for_the_other()
    {
        var account = await ProvenAsync(Passport);
        const string Given = """{"verified_claims":{"verification":{"trust_framework":null},"claims":{"given_name":null}}}""";
        var forIdToken = await TokensAsync(account, "openid", $$"""{"id_token":{{Given}}}""");
        Assert.Equal(["given_name"], Names(Assert.Single(OfIdToken(forIdToken))));
        Assert.Empty(await UserInfoAsync(forIdToken));
        var forUserInfo = await TokensAsync(account, "openid", $$"""{"userinfo":{{Given}}}""");
        Assert.Equal(["given_name"], Names(Assert.Single(await UserInfoAsync(forUserInfo))));
        Assert.Empty(OfIdToken(forUserInfo));
    }

    [Fact]
    public async Task A_member_that_is_null_asks_for_all_that_the_client_may_have()
    {
        var tokens = await TokensAsync(await ProvenAsync(Passport), "openid organization", """{"id_token":{"verified_claims":null}}""");
        Assert.Equal(["family_name", "given_name", "organization_identifiers"], OfIdToken(tokens).SelectMany(Names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_client_gets_nothing_whose_scope_it_is_not_permitted_and_is_not_told()
    {
        var account = await ProvenAsync(Passport);
        var request = new AuthorizationRequest
        {
            ClientId = await AddClientAsync("organization"),
            RedirectUri = PersonHost.ApplicationCallback,
            More = new()
            {
                ["scope"] = "openid organization",
                ["claims"] = """{"userinfo":{"verified_claims":[{"verification":{"trust_framework":null},"claims":{"given_name":null,"family_name":null}}]},"id_token":{"verified_claims":null}}""",
            },
        };
        var tokens = await host.TokensAsync(await host.SignInAsync(account), request);

        Assert.Empty(await UserInfoAsync(tokens));
        Assert.Equal(["organization_identifiers"], OfIdToken(tokens).SelectMany(Names));
        Assert.DoesNotContain("given_name", PersonHost.Claims(tokens, "access_token").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"all\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""{"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null}}""")]
    [InlineData("""{"verification":null,"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":"eidas"},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":[{"value":"eidas"}]},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":{"value":1}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":{"value":null}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":{"values":[]}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":{"essential":"yes"}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"assurance_level":"high"},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"time":{"max_age":-1}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"time":{"max_age":"60"}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"time":{"max_age":1e400}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"evidence":[]},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"evidence":[{"document_details":null}]},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"evidence":[{"type":"document"}]},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"evidence":[{"type":{"value":"document","values":["vouch"]}}]},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":{}}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":["given_name"]}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":{"given_name":true}}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":{"given_name":null,"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":{"value":"\ud800"}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":{"given_name":{"value":"\ud800"}}}""")]
    [InlineData("""{"verification":{"trust_framework":null},"claims":{"\ud800":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"\ud800":{"x":{}}},"claims":{"given_name":null}}""")]
    [InlineData("""{"verification":{"trust_framework":null,"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":{"j":{"k":{"l":{"m":{}}}}}}}}}}}}}},"claims":{"given_name":null}}""")]
    public async Task What_is_no_request_is_an_invalid_request(string asked) => await AssertInvalidAsync(asked);

    [Fact]
    public async Task A_request_has_a_bound()
    {
        const string Part = """{"verification":{"trust_framework":null},"claims":{"given_name":null}}""";
        await AssertInvalidAsync($"[{string.Join(',', Enumerable.Repeat(Part, 9))}]");
        await AssertInvalidAsync("{\"verification\":{\"trust_framework\":{\"value\":\"" + new string('a', 2048) + "\"}},\"claims\":{\"given_name\":null}}");
        Assert.Equal(8, (await VerifiedAsync(await ProvenAsync(Passport), "openid", Ask($"[{string.Join(',', Enumerable.Repeat(Part, 8))}]"))).Count);
    }

    [Fact]
    public async Task An_exchanged_token_carries_the_selection_along_and_widens_nothing()
    {
        var client = await ChoosingClient.RegisterAsync(host, "selecting", [], "gt:urn:ietf:params:oauth:grant-type:token-exchange");
        var tokens = await client.TokensAsync(
            await host.SignInAsync(await ProvenAsync(Passport)), "openid profile", Ask("""{"verification":{"trust_framework":null},"claims":{"given_name":null}}"""));
        using var response = await client.PostAsync(
            "/connect/token",
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", tokens.GetProperty("access_token").GetString()!),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("scope", "profile"));

        var exchanged = PersonHost.Claims(await OpenIdHost.JsonAsync(response), "access_token");

        Assert.Equal("profile", exchanged.GetProperty("scope").GetString());
        Assert.Equal("""[{"verification":{"trust_framework":null},"claims":{"given_name":null}}]""", exchanged.GetProperty("userinfo_verified_claims").GetString());
    }

    [Fact]
    public async Task The_consent_page_says_that_confirmed_facts_go_and_asks_again_for_more_of_them()
    {
        var cookie = await host.SignInAsync(await ProvenAsync(Passport));
        var given = AuthorizationRequest.With(("claims", Ask("""{"verification":{"trust_framework":null},"claims":{"given_name":null}}""")));
        var page = await host.AuthorizeAsync(cookie, given.Address);
        using var shown = await host.GetAsync(page.PathAndQuery, cookie);
        var html = System.Net.WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("Your name as it was confirmed, and how that was done", html, StringComparison.Ordinal);
        Assert.Contains("Ada Maria Example · passport · Example Passport Office", html, StringComparison.Ordinal);
        Assert.DoesNotContain("What the register confirmed about it", html, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567", html, StringComparison.Ordinal);

        await host.TokensAsync(cookie, given);
        Assert.Contains("code=", (await host.AuthorizeAsync(cookie, given.Address)).Query, StringComparison.Ordinal);
        var family = AuthorizationRequest.With(("claims", Ask("""{"verification":{"trust_framework":null},"claims":{"given_name":null,"family_name":null}}""")));
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, family.Address)).AbsolutePath);
    }

    [Fact]
    public async Task What_is_confirmed_after_a_consent_is_told_after_another_one()
    {
        var account = await host.RegisterAsync();
        var cookie = await host.SignInAsync(account);
        var request = AuthorizationRequest.With(("scope", "openid profile offline_access"));
        var before = await host.TokensAsync(cookie, request);
        Assert.Null((await host.Services.GetRequiredService<ProveIdentity>().ExecuteAsync(account, Passport, "officer", Cancellation)).Refusal);

        // Neither what the client holds already nor what it gets for it tells more than the person was asked for.
        Assert.Empty(await UserInfoAsync(before));
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, before.GetProperty("refresh_token").GetString()!);
        Assert.Empty(await UserInfoAsync(await OpenIdHost.JsonAsync(refreshed)));

        var page = await host.AuthorizeAsync(cookie, request.Address);
        Assert.Equal("/consent", page.AbsolutePath);
        Assert.Single(await UserInfoAsync(await host.TokensAsync(cookie, request)));
        Assert.Contains("code=", (await host.AuthorizeAsync(cookie, request.Address)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_confirmed_while_the_person_reads_the_page_is_not_allowed_by_its_answer()
    {
        var account = await host.RegisterAsync();
        var cookie = await host.SignInAsync(account);
        var page = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid profile")).Address);
        Assert.Null((await host.Services.GetRequiredService<ProveIdentity>().ExecuteAsync(account, Passport, "officer", Cancellation)).Refusal);
        var again = await host.AnswerAsync(page, cookie);
        Assert.Equal("/consent", again.AbsolutePath);
        Assert.Contains("code=", (await host.AnswerAsync(again, cookie)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_of_whom_nothing_is_proven_reads_so_where_they_consent()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync());
        var page = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("claims", Ask("""{"verification":{"trust_framework":null},"claims":{"given_name":null}}"""))).Address);
        using var shown = await host.GetAsync(page.PathAndQuery, cookie);
        Assert.Contains("nothing is confirmed about you at present", await shown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        // Not asked by name, it is not told: nor is it on the page.
        page = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid profile")).Address);
        using var plain = await host.GetAsync(page.PathAndQuery, cookie);
        Assert.DoesNotContain("as it was confirmed", await plain.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_says_exactly_what_there_is()
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        var document = await OpenIdHost.JsonAsync(response);
        Assert.True(document.GetProperty("claims_parameter_supported").GetBoolean());
        foreach (var (name, values) in new Dictionary<string, string>
        {
            ["trust_frameworks_supported"] = "eidas tradeidentity_account tradeidentity_register",
            ["claims_in_verified_claims_supported"] = "entity_legal_form family_name given_name legal_jurisdiction organization_identifiers organization_name registered_address trading_as",
            ["evidence_supported"] = "document electronic_record vouch",
            ["documents_supported"] = "idcard passport residence_permit driving_permit register_extract",
            ["documents_check_methods_supported"] = "vpip pvp",
            ["electronic_records_supported"] = "electronic_identification business_register",
        })
        {
            Assert.Equal(values, string.Join(' ', document.GetProperty(name).EnumerateArray().Select(value => value.GetString())));
        }
    }

    private static string Ask(string verified) => $$$"""{"userinfo":{"verified_claims":{{{verified}}}}}""";

    private async Task<string> ProvenAsync(ProofOfIdentity proof)
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        Assert.Null((await host.Services.GetRequiredService<ProveIdentity>().ExecuteAsync(account, proof, "officer", Cancellation)).Refusal);
        return account;
    }

    private async Task<List<JsonElement>> VerifiedAsync(string account, string scope, string? claims = null) => await UserInfoAsync(await TokensAsync(account, scope, claims));

    private async Task<JsonElement> TokensAsync(string account, string scope, string? claims = null) =>
        await host.TokensAsync(await host.SignInAsync(account, actingFor: null), AuthorizationRequest.With(("scope", scope), ("claims", claims), ("organization", await ActsAsync(account) ? PersonHost.Tin : null)));

    private async Task<bool> ActsAsync(string account) => (await host.Services.GetRequiredService<Memberships>().OfAccountAsync(account, Cancellation)).Count > 0;

    private async Task<List<JsonElement>> UserInfoAsync(JsonElement tokens)
    {
        using var response = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        return Verified(await OpenIdHost.JsonAsync(response));
    }

    private async Task AssertInvalidAsync(string asked)
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync());
        var answer = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("claims", Ask(asked))).Address);
        Assert.Contains("error=invalid_request", answer.Query, StringComparison.Ordinal);
        var inIdToken = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("claims", $$$"""{"id_token":{"verified_claims":{{{asked}}}}}""")).Address);
        Assert.Contains("error=invalid_request", inIdToken.Query, StringComparison.Ordinal);
    }

    private async Task<string> AddClientAsync(string scope)
    {
        var clientId = Account.NewId();
        await using var services = host.Services.CreateAsyncScope();
        var clients = services.ServiceProvider.GetRequiredService<OpenIddict.Abstractions.IOpenIddictApplicationManager>();
        var application = (await clients.FindByClientIdAsync(PersonHost.Application, Cancellation))!;
        var client = new OpenIddict.Abstractions.OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(client, application, Cancellation);
        client.ClientId = clientId;
        client.Permissions.RemoveWhere(permission => permission.StartsWith("scp:", StringComparison.Ordinal) && permission != "scp:" + scope);
        await clients.CreateAsync(client, Cancellation);
        return clientId;
    }

    private static List<JsonElement> OfIdToken(JsonElement tokens) => Verified(PersonHost.Claims(tokens, "id_token"));

    private static List<JsonElement> Verified(JsonElement claims) => claims.TryGetProperty("verified_claims", out var verified) ? [.. verified.EnumerateArray()] : [];

    private static string? Framework(JsonElement element) => element.GetProperty("verification").GetProperty("trust_framework").GetString();

    private static IEnumerable<string> Names(JsonElement element) => element.GetProperty("claims").EnumerateObject().Select(claim => claim.Name);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static string Compact(List<JsonElement> elements) => $"[{string.Join(',', elements.Select(Compact))}]";
}
