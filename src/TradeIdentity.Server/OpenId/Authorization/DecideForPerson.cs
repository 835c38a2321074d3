using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId.Persons;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// Decides what a person is asked for by a request that the engine found well-formed and permitted (OpenID Connect Core §3.1.2.3 and
/// §3.1.2.4, RFC 8628 §3.3): who signed in and how, for whom they act, whether they allow it. What is missing is asked on a page,
/// which comes back with the same request; the decision is made anew each time, from nothing but cookie, request, ticket and database.
/// </summary>
internal sealed class DecideForPerson(
    Interactions interactions,
    Consents consents,
    PersonClaims persons,
    SessionClients sessionClients,
    PairwiseSubjects subjects,
    IOpenIddictApplicationManager applications,
    IssuerAddress issuer,
    TimeProvider time)
{
    // OpenID Connect Core Error Code unmet_authentication_requirements 1.0.
    private const string Unmet = "unmet_authentication_requirements";

    // Seconds: the clocks of two instances differ by less.
    private const int ClockError = 30;

    private const string SignInPage = "/sign-in";
    private const string ActForPage = "/act-for";
    private const string ConsentPage = "/consent";
    private const string SecondFactorPage = "/account/authenticator";

    // Scopes that are about a legal entity: with them the answer needs one.
    private static readonly string[] EntityScopes = [IdentityScopes.Organization, IdentityScopes.Aeo, IdentityScopes.Mandates, ApiScopes.MandatesWrite, ApiScopes.AeoApply, ApiScopes.CredentialsOwn, ApiScopes.NoticesRead, ApiScopes.Webhooks, ApiScopes.EntitiesOwn];

    internal async Task<PersonDecision> ExecuteAsync(PersonRequest request, CancellationToken cancellationToken)
    {
        var (http, question) = (request.Http, request.Question);
        var raw = RawRequest.Of(http.Request);
        var ticket = interactions.TryOpen(raw.Ticket, out var opened) && opened.RequestDigest == raw.Digest ? opened : null;
        var signIn = PersonSignIn.Read((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal);
        var person = signIn is null ? null : await persons.FindAsync(signIn.AccountId, signIn.Sid, cancellationToken);
        var client = await applications.FindByClientIdAsync(request.ClientId, cancellationToken)
            ?? throw new InvalidOperationException("The client whose request was just checked is gone.");
        // OpenID Connect Core §8.1: a hint names the person as this client knows them.
        var subject = signIn is null ? "" : await subjects.OfAsync(ClientMetadata.Of(client), signIn.AccountId, cancellationToken);
        var permitted = await PermittedAsync(client, question.Claims, cancellationToken);
        if (person is not null && permitted.UserInfoVerified is null && request.Scopes.Contains(IdentityScopes.Profile) && IdentityClaims.VerifiedOf(person.Proof, time.GetUtcNow()) is not null)
        {
            // What is confirmed is allowed by its name: a consent of before it was does not cover it.
            permitted = permitted with { UserInfo = permitted.UserInfo.Union(VerifiedClaimNames.OfPersonInConsent).ToHashSet(StringComparer.Ordinal) };
        }

        var asked = new Interaction
        {
            ClientId = request.ClientId,
            Scopes = person is null ? request.Scopes : ScopesOfPersons.Permitted(person, request.Scopes),
            Claims = permitted.InConsent,
            Organization = question.Organization?.Value,
            OrganizationIsGiven = question.Organization is not null,
            LoginHint = request.LoginHint,
            UiLocales = request.UiLocales,
            UserCode = request.UserCode,
            NeedsTwoFactors = question.AcrValues is [AcrValues.TwoFactors] || question.Claims.EssentialAcr is [AcrValues.TwoFactors],
            RequestDigest = raw.Digest,
            RefusedSignIn = signIn?.Key ?? "",
            RefusedAt = time.GetUtcNow().ToUnixTimeSeconds(),
            AskedAt = time.GetUtcNow().ToUnixTimeSeconds(),
        };

        // No sign-in would help: nobody is asked for one.
        if (question.Claims.EssentialAcr is { Count: > 0 } strengths && !strengths.Any(SignInStrength.All.Contains))
        {
            return new PersonDecision.Refused(Unmet, "No sign-in here has a strength that the request demands.");
        }

        if (person is null || signIn is null || MustSignInAgain(request, signIn, subject, ticket))
        {
            return Ask(SignInPage, Errors.LoginRequired);
        }

        if (signIn.MustAddSecondFactor)
        {
            return Ask(SecondFactorPage, Errors.InteractionRequired);
        }

        if (!SignInStrength.Satisfies(signIn.Acr, question.Claims.EssentialAcr))
        {
            // Asked for once, and not given.
            return new PersonDecision.Refused(Unmet, "The person did not sign in as strongly as the request demands.");
        }

        if (request.IsForAnotherThan(subject))
        {
            return new PersonDecision.Refused(Errors.LoginRequired, "Another person than the one asked for is signed in.");
        }

        // From here on a page that is shown must not undo the sign-in that was good enough.
        asked = asked with { RefusedSignIn = ticket?.RefusedSignIn, RefusedAt = ticket?.RefusedAt };
        if (!TryChooseOrganization(request.Question, asked.Scopes, person, out var organization, out var mustChoose))
        {
            return new PersonDecision.Refused(Errors.AccessDenied, "The person does not act for this organization.");
        }

        if (mustChoose)
        {
            return Ask(ActForPage, "account_selection_required");
        }

        asked = asked with { Organization = organization?.Value };
        var answered = ticket is { } given && given.AnsweredIn == signIn.Sid && given.Organization == asked.Organization && given.Asks(asked) ? given.Answer : InteractionAnswer.None;
        if (answered == InteractionAnswer.Refused)
        {
            return new PersonDecision.Refused(Errors.AccessDenied, "The person did not allow it.");
        }

        if (answered == InteractionAnswer.None && await NeedsConsentAsync(request, client, asked, signIn, cancellationToken))
        {
            return Ask(ConsentPage, Errors.ConsentRequired);
        }

        if (answered == InteractionAnswer.Allowed)
        {
            await consents.RememberAsync(signIn.AccountId, client, asked.Organization, asked.Scopes, asked.Claims, cancellationToken);
        }

        await sessionClients.AddAsync(signIn.Sid, asked.ClientId, cancellationToken);
        var grant = new PersonGrant
        {
            AccountId = signIn.AccountId,
            Sid = signIn.Sid,
            AuthTime = signIn.AuthTime,
            Acr = signIn.Acr,
            Amr = signIn.Amr,
            Organization = organization,
            HasDetails = question.HasDetails,
            Scopes = asked.Scopes,
            Resources = request.Resources.Count > 0 ? request.Resources : [issuer.Text],
            IdTokenClaims = permitted.IdToken,
            UserInfoClaims = permitted.UserInfo,
            IdTokenVerified = permitted.IdTokenVerified,
            UserInfoVerified = permitted.UserInfoVerified,
        };
        return new PersonDecision.Granted(await persons.CreateAsync(person, grant, cancellationToken));

        PersonDecision Ask(string page, string error)
        {
            if (request.HasPrompt(PromptValues.None))
            {
                return new PersonDecision.Refused(error, "The person must be asked, and the request forbids it.");
            }

            var comesBack = interactions.WithTicket(http.Request.PathBase + http.Request.Path + raw.Query, asked);
            return new PersonDecision.Asked($"{http.Request.PathBase}{page}?returnUrl={Uri.EscapeDataString(comesBack)}");
        }
    }

    // A sign-in that was refused once is good when it is another than the one refused, and was made since: a ticket can come from a
    // browser that was signed out, to one in which an old session is open.
    private bool MustSignInAgain(PersonRequest request, PersonSignIn signIn, string subject, Interaction? ticket)
    {
        if (ticket is { RefusedSignIn: { } refused, RefusedAt: { } at } && refused != signIn.Key && signIn.AuthTime >= at - ClockError)
        {
            return false;
        }

        var question = request.Question;
        return request.HasPrompt(PromptValues.Login)
            || request.HasPrompt(PromptValues.SelectAccount)
            || (question.MaxAge is { } maxAge && time.GetUtcNow().ToUnixTimeSeconds() - signIn.AuthTime > maxAge)
            || !SignInStrength.Satisfies(signIn.Acr, question.Claims.EssentialAcr)
            || (!SignInStrength.Satisfies(signIn.Acr, question.AcrValues) && !request.HasPrompt(PromptValues.None))
            || request.IsForAnotherThan(subject);
    }

    private static bool TryChooseOrganization(
        AuthorizationQuestion question, IEnumerable<string> asked, Person person, out Tin? organization, out bool mustChoose)
    {
        (organization, mustChoose) = (question.Organization, false);
        if (organization is not null)
        {
            return person.ActsFor(organization);
        }

        if (asked.Intersect(EntityScopes).Any())
        {
            // A choice of this session is kept only while the right lasts.
            var chosen = person.ActingFor is { } kept && person.ActsFor(kept) ? kept : null;
            organization = person.Memberships.Count == 1 ? person.Memberships[0].Tin : chosen;
            mustChoose = organization is null && person.Memberships.Count > 1;
        }

        return true;
    }

    private async Task<bool> NeedsConsentAsync(PersonRequest request, object client, Interaction asked, PersonSignIn signIn, CancellationToken cancellationToken) =>
        request.HasPrompt(PromptValues.Consent)
        || (!await applications.HasConsentTypeAsync(client, ConsentTypes.Implicit, cancellationToken)
            && !await consents.CoversAsync(signIn.AccountId, client, asked.Organization, asked.Scopes, asked.Claims, cancellationToken));

    private async Task<PermittedClaims> PermittedAsync(object client, ClaimsRequest claims, CancellationToken cancellationToken) =>
        claims == ClaimsRequest.None ? PermittedClaims.None : PermittedClaims.Of(claims, await applications.GetPermissionsAsync(client, cancellationToken));
}
