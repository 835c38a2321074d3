// FAPI 2.0 with the library that it is certified with: a signed request, pushed, private_key_jwt, DPoP, the issuer in the answer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as oauth from 'oauth4webapi';
import { callback, done, server, visit } from '../here.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const jwk = JSON.parse(readFileSync(process.env.FAPI_KEY, 'utf8'));
const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
const client = { client_id: 'fapi-client' };
const authentication = oauth.PrivateKeyJwt(key, { [oauth.modifyAssertion]: (_, payload) => { payload.aud = as.issuer; } });
const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('PS256'));
const verifier = oauth.generateRandomCodeVerifier();
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
const object = await oauth.issueRequestObject(as, client, {
  redirect_uri: callback,
  response_type: 'code',
  scope: 'openid organization',
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
}, key);

async function push(parameters, proof) {
  return oauth.processPushedAuthorizationResponse(as, client, await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, { ...insecure, DPoP: proof }));
}

/** Sends, and once more with the server's nonce. */
async function again(send) {
  try {
    return await send();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) {
      throw error;
    }

    return send();
  }
}

const pushed = await again(() => push({ client_id: client.client_id, request: object }, DPoP));
const authorize = new URL(as.authorization_endpoint);
authorize.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
const answer = oauth.validateAuthResponse(as, client, await visit(authorize), state);
const tokens = await again(async () => oauth.processAuthorizationCodeResponse(
  as, client, await oauth.authorizationCodeGrantRequest(as, client, authentication, answer, callback, verifier, { ...insecure, DPoP }), { expectedNonce: nonce, requireIdToken: true }));
const { sub } = oauth.getValidatedIdTokenClaims(tokens);
const userInfo = await again(async () => oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, tokens.access_token, { ...insecure, DPoP })));
assert.equal(userInfo.organization.tin, 'NL854502130');

// The same object leads to no second code, and the tokens are for no bearer.
await assert.rejects(push({ client_id: client.client_id, request: object }));
await assert.rejects(oauth.userInfoRequest(as, client, tokens.access_token, insecure).then((response) => oauth.processUserInfoResponse(as, client, sub, response)));
done();
