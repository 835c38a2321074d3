using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId.Persons;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// Decides an authorization request that the engine found well-formed and permitted (OpenID Connect Core §3.1.2.3 and §3.1.2.4):
/// who signed in and how, for whom they act, whether they allow it. What is missing is asked on a page, which comes back
/// here with the same request; the decision is made anew each time, from nothing but cookie, request, ticket and database.
/// </summary>
internal sealed class AuthorizePerson(
    Interactions interactions,
    Consents consents,
    PersonClaims persons,
    SessionClients sessionClients,
    IOpenIddictApplicationManager applications,
    TimeProvider time) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>
{
    private const string SignInPage = "/sign-in";
    private const string ActForPage = "/act-for";
    private const string ConsentPage = "/consent";
    private const string SecondFactorPage = "/account/authenticator";

    // Scopes that are about a legal entity: with them the answer needs one.
    private static readonly string[] EntityScopes = [IdentityScopes.Organization, IdentityScopes.Aeo];

    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseScopedHandler<AuthorizePerson>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (!AuthorizationQuestion.Read(context.Request).TryGet(out var question, out var unreadable))
        {
            context.Reject(unreadable.Code, unreadable.Detail);
            return;
        }

        var request = RawRequest.Of(http.Request);
        var ticket = interactions.TryOpen(request.Ticket, out var opened) && opened.RequestDigest == request.Digest ? opened : null;
        var signIn = PersonSignIn.Read((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal);
        var person = signIn is null ? null : await persons.FindAsync(signIn.AccountId, signIn.Sid, context.CancellationToken);
        var (idTokenClaims, userInfoClaims) = await PermittedAsync(context, question.Claims);
        var asked = new Interaction
        {
            ClientId = context.ClientId!,
            Scopes = [.. context.Request.GetScopes()],
            Claims = [.. idTokenClaims.Union(userInfoClaims).Order(StringComparer.Ordinal)],
            Organization = question.Organization?.Value,
            OrganizationIsGiven = question.Organization is not null,
            LoginHint = context.Request.LoginHint,
            UiLocales = context.Request.UiLocales,
            NeedsTwoFactors = question.AcrValues is [AcrValues.TwoFactors] || question.Claims.EssentialAcr is [AcrValues.TwoFactors],
            RequestDigest = request.Digest,
            RefusedSignIn = signIn?.Key ?? "",
            AskedAt = time.GetUtcNow().ToUnixTimeSeconds(),
        };

        if (person is null || signIn is null || MustSignInAgain(context, question, signIn, ticket))
        {
            Ask(SignInPage, Errors.LoginRequired);
            return;
        }

        if (signIn.MustAddSecondFactor)
        {
            Ask(SecondFactorPage, Errors.InteractionRequired);
            return;
        }

        if (!SignInStrength.Satisfies(signIn.Acr, question.Claims.EssentialAcr))
        {
            // OpenID Connect Core Error Code unmet_authentication_requirements 1.0: asked for once, and not given.
            context.Reject("unmet_authentication_requirements", "The person did not sign in as strongly as the request demands.");
            return;
        }

        if (question.Claims.Subject is { } subject && subject != signIn.AccountId || IsOfAnother(context.IdentityTokenHintPrincipal, signIn))
        {
            context.Reject(Errors.LoginRequired, "Another person than the one asked for is signed in.");
            return;
        }

        // From here on a page that is shown must not undo the sign-in that was good enough.
        asked = asked with { RefusedSignIn = ticket?.RefusedSignIn };
        if (!TryChooseOrganization(question, person, context.Request, out var organization, out var mustChoose))
        {
            context.Reject(Errors.AccessDenied, "The person does not act for this organization.");
            return;
        }

        if (mustChoose)
        {
            Ask(ActForPage, "account_selection_required");
            return;
        }

        asked = asked with { Organization = organization?.Value };
        var answered = ticket is { } given && given.AnsweredIn == signIn.Sid && given.Organization == asked.Organization ? given.Answer : InteractionAnswer.None;
        if (answered == InteractionAnswer.Refused)
        {
            context.Reject(Errors.AccessDenied, "The person did not allow it.");
            return;
        }

        if (answered == InteractionAnswer.None && await NeedsConsentAsync(context, asked, signIn))
        {
            Ask(ConsentPage, Errors.ConsentRequired);
            return;
        }

        if (answered == InteractionAnswer.Allowed)
        {
            await consents.RememberAsync(signIn.AccountId, asked.ClientId, asked.Organization, asked.Scopes, asked.Claims, context.CancellationToken);
        }

        await sessionClients.AddAsync(signIn.Sid, asked.ClientId, context.CancellationToken);
        context.SignIn(await persons.CreateAsync(person, Grant(question, signIn, organization, asked) with { IdTokenClaims = idTokenClaims, UserInfoClaims = userInfoClaims }, context.CancellationToken));

        void Ask(string page, string error)
        {
            if (context.Request.HasPromptValue(PromptValues.None))
            {
                context.Reject(error, "The person must be asked, and the request forbids it.");
                return;
            }

            var comesBack = interactions.WithTicket(http.Request.PathBase + http.Request.Path + request.Query, asked);
            http.Response.Redirect($"{http.Request.PathBase}{page}?returnUrl={Uri.EscapeDataString(comesBack)}");
            context.HandleRequest();
        }
    }

    // A sign-in that was refused once is good when it is another than the one refused.
    private bool MustSignInAgain(OpenIddictServerEvents.HandleAuthorizationRequestContext context, AuthorizationQuestion question, PersonSignIn signIn, Interaction? ticket)
    {
        if (ticket?.RefusedSignIn is { } refused && refused != signIn.Key)
        {
            return false;
        }

        return context.Request.HasPromptValue(PromptValues.Login)
            || context.Request.HasPromptValue(PromptValues.SelectAccount)
            || (question.MaxAge is { } maxAge && time.GetUtcNow().ToUnixTimeSeconds() - signIn.AuthTime > maxAge)
            || !SignInStrength.Satisfies(signIn.Acr, question.Claims.EssentialAcr)
            || (!SignInStrength.Satisfies(signIn.Acr, question.AcrValues) && !context.Request.HasPromptValue(PromptValues.None))
            || IsOfAnother(context.IdentityTokenHintPrincipal, signIn);
    }

    private static bool IsOfAnother(System.Security.Claims.ClaimsPrincipal? hint, PersonSignIn signIn) =>
        hint?.GetClaim(Claims.Subject) is { } subject && subject != signIn.AccountId;

    private static bool TryChooseOrganization(AuthorizationQuestion question, Person person, OpenIddictRequest request, out Tin? organization, out bool mustChoose)
    {
        (organization, mustChoose) = (question.Organization, false);
        if (organization is not null)
        {
            return person.ActsFor(organization);
        }

        if (request.GetScopes().Intersect(EntityScopes).Any())
        {
            organization = person.Memberships.Count == 1 ? person.Memberships[0].Tin : person.ActingFor;
            mustChoose = organization is null && person.Memberships.Count > 1;
        }

        return true;
    }

    private async Task<bool> NeedsConsentAsync(OpenIddictServerEvents.HandleAuthorizationRequestContext context, Interaction asked, PersonSignIn signIn)
    {
        if (context.Request.HasPromptValue(PromptValues.Consent))
        {
            return true;
        }

        var application = await applications.FindByClientIdAsync(asked.ClientId, context.CancellationToken)
            ?? throw new InvalidOperationException("The client whose request was just checked is gone.");
        return !await applications.HasConsentTypeAsync(application, ConsentTypes.Implicit, context.CancellationToken)
            && !await consents.CoversAsync(signIn.AccountId, asked.ClientId, asked.Organization, asked.Scopes, asked.Claims, context.CancellationToken);
    }

    private async Task<(IReadOnlySet<string> IdToken, IReadOnlySet<string> UserInfo)> PermittedAsync(
        OpenIddictServerEvents.HandleAuthorizationRequestContext context, ClaimsRequest claims)
    {
        if (claims == ClaimsRequest.None)
        {
            return (claims.IdToken, claims.UserInfo);
        }

        var permissions = await applications.GetPermissionsAsync((await applications.FindByClientIdAsync(context.ClientId!, context.CancellationToken))!, context.CancellationToken);
        return (Permitted(claims.IdToken), Permitted(claims.UserInfo));

        HashSet<string> Permitted(IReadOnlySet<string> names) =>
            [.. names.Where(name => PersonClaims.ScopeOf.TryGetValue(name, out var scope) && permissions.Contains(Permissions.Prefixes.Scope + scope))];
    }

    private static PersonGrant Grant(AuthorizationQuestion question, PersonSignIn signIn, Tin? organization, Interaction asked) => new()
    {
        AccountId = signIn.AccountId,
        Sid = signIn.Sid,
        AuthTime = signIn.AuthTime,
        Acr = signIn.Acr,
        Amr = signIn.Amr,
        Organization = organization,
        HasDetails = question.HasDetails,
        Scopes = asked.Scopes,
    };
}
