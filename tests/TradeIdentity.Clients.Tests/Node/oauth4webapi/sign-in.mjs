// The code flow step by step: each answer is held against its specification.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { callback, done, invitation, metadata, server, signedOut, visit } from '../here.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
assert.deepEqual(as, await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, { ...insecure, algorithm: 'oauth2' })));
const client = await oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(as, { ...metadata, introspection_signed_response_alg: 'RS256', require_auth_time: true }, { ...insecure, initialAccessToken: invitation }));
const authentication = oauth.ClientSecretBasic(client.client_secret);

// The registration read, replaced and deleted by its own token (RFC 7592).
const manage = (method, body) => oauth.protectedResourceRequest(
  client.registration_access_token, method, new URL(client.registration_client_uri), new Headers({ 'content-type': 'application/json' }), body, insecure);
assert.equal((await (await manage('GET')).json()).client_id, client.client_id);

const verifier = oauth.generateRandomCodeVerifier();
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
const pushed = await oauth.processPushedAuthorizationResponse(as, client, await oauth.pushedAuthorizationRequest(as, client, authentication, {
  client_id: client.client_id,
  redirect_uri: callback,
  response_type: 'code',
  scope: metadata.scope,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  claims: JSON.stringify({ userinfo: { email: { essential: true } }, id_token: { email: null } }),
  state,
  nonce,
}, insecure));
assert.ok(pushed.expires_in > 0);
const authorize = new URL(as.authorization_endpoint);
authorize.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
const answer = oauth.validateAuthResponse(as, client, await visit(authorize), state);
const exchange = () => oauth.authorizationCodeGrantRequest(as, client, authentication, answer, callback, verifier, insecure);
const response = await exchange();
const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true });
await oauth.validateApplicationLevelSignature(as, response, insecure);
const { sub, email, organization } = oauth.getValidatedIdTokenClaims(tokens);
assert.equal(email, 'anna@flowers.example');
assert.equal(organization.tin, 'NL854502130');

const userInfo = await oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, tokens.access_token, insecure));
assert.equal(userInfo.email, email);

const asked = await oauth.introspectionRequest(as, client, authentication, tokens.access_token, { ...insecure, requestJwtResponse: true });
const introspected = await oauth.processIntrospectionResponse(as, client, asked);
await oauth.validateApplicationLevelSignature(as, asked, insecure);
assert.equal(introspected.sub, sub);

const refreshing = await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, insecure);
const refreshed = await oauth.processRefreshTokenResponse(as, client, refreshing);
await oauth.validateApplicationLevelSignature(as, refreshing, insecure);
assert.equal(oauth.getValidatedIdTokenClaims(refreshed).sub, sub);

// A code that comes again ends what it gave.
await assert.rejects(exchange().then((again) => oauth.processAuthorizationCodeResponse(as, client, again)), { error: 'invalid_grant' });
await assert.rejects(
  oauth.refreshTokenGrantRequest(as, client, authentication, refreshed.refresh_token, insecure).then((again) => oauth.processRefreshTokenResponse(as, client, again)),
  { error: 'invalid_grant' });
await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, refreshed.refresh_token, insecure));

const end = new URL(as.end_session_endpoint);
end.search = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: signedOut });
assert.equal((await visit(end)).href, signedOut);
assert.equal((await manage('DELETE')).status, 204);
await assert.rejects(manage('GET'), { code: oauth.WWW_AUTHENTICATE_CHALLENGE });
done();
