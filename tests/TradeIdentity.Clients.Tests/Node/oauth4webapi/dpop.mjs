// Proofs of possession, with the nonce retried by hand as the library shows it, and an access token checked by a resource of its own.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { callback, done, invitation, metadata, operator, server, visit } from '../here.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
const client = await oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(
  as, { ...metadata, token_endpoint_auth_method: 'none', dpop_bound_access_tokens: true }, { ...insecure, initialAccessToken: invitation }));
const authentication = oauth.None();
const keys = await oauth.generateKeyPair('ES256');
const DPoP = oauth.DPoP(client, keys);
let nonces = 0;

/** Sends, and once more where the server asks for its nonce (RFC 9449 §8). */
async function send(request, process) {
  try {
    return await process(await request());
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) {
      throw error;
    }

    nonces++;
    return process(await request());
  }
}

const verifier = oauth.generateRandomCodeVerifier();
const thumbprint = await DPoP.calculateThumbprint();
const pushed = await oauth.processPushedAuthorizationResponse(as, client, await oauth.pushedAuthorizationRequest(as, client, authentication, {
  redirect_uri: callback,
  response_type: 'code',
  scope: 'openid organization offline_access',
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  dpop_jkt: thumbprint,
}, insecure));
const authorize = new URL(as.authorization_endpoint);
authorize.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
const answer = oauth.validateAuthResponse(as, client, await visit(authorize));
const tokens = await send(
  () => oauth.authorizationCodeGrantRequest(as, client, authentication, answer, callback, verifier, { ...insecure, DPoP }),
  (response) => oauth.processAuthorizationCodeResponse(as, client, response, { requireIdToken: true }));
assert.equal(tokens.token_type, 'dpop');
const { sub } = oauth.getValidatedIdTokenClaims(tokens);
const userInfo = await send(
  () => oauth.userInfoRequest(as, client, tokens.access_token, { ...insecure, DPoP }), (response) => oauth.processUserInfoResponse(as, client, sub, response));
assert.equal(userInfo.organization.tin, 'NL854502130');

// A refresh token of a client without a secret is bound to the key as well (RFC 9449 §5).
const other = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
const refresh = (proof) => send(
  () => oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, { ...insecure, DPoP: proof }),
  (response) => oauth.processRefreshTokenResponse(as, client, response));
await assert.rejects(refresh(other), { error: 'invalid_grant' });
const refreshed = await refresh(DPoP);
assert.equal(refreshed.token_type, 'dpop');
assert.ok(nonces > 0);

// The library as a resource server: the token is a JWT of RFC 9068, by the published keys, of this key alone.
const resource = new Request(operator, { headers: { authorization: `DPoP ${refreshed.access_token}` } });
await assert.rejects(oauth.validateJwtAccessToken(as, resource, server.origin, insecure));
const presented = await proofFor(refreshed.access_token);
const claims = await oauth.validateJwtAccessToken(as, presented, server.origin, insecure);
assert.equal(claims.client_id, client.client_id);
assert.equal(claims.cnf.jkt, thumbprint);
assert.equal(claims.organization.tin, 'NL854502130');
done();

/** What a resource would be sent: taken from the library's own request. */
async function proofFor(token) {
  let sent;
  await oauth.protectedResourceRequest(token, 'GET', operator, undefined, undefined, {
    ...insecure,
    DPoP,
    [oauth.customFetch]: async (url, options) => {
      sent = new Request(url, { headers: options.headers });
      return new Response('{}', { status: 200 });
    },
  });
  return sent;
}
