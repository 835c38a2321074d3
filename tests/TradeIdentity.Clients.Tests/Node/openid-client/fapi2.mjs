// A client that is held to the FAPI 2.0 security profile: a signed request, pushed, under private_key_jwt, for tokens bound to a key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as oidc from 'openid-client';
import { callback, done, server, visit } from '../here.mjs';

const jwk = JSON.parse(readFileSync(process.env.FAPI_KEY, 'utf8'));
const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const client = await oidc.discovery(
  server, 'fapi-client', { use_mtls_endpoint_aliases: false },
  // FAPI 2.0 security profile §5.3.2.1: the audience is the issuer as one text.
  oidc.PrivateKeyJwt(key, { [oidc.modifyAssertion]: (_, payload) => { payload.aud = server.origin; } }),
  { execute: [oidc.allowInsecureRequests] });
const DPoP = oidc.getDPoPHandle(client, await oidc.randomDPoPKeyPair('ES256'));
const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
const parameters = {
  redirect_uri: callback,
  scope: 'openid organization offline_access',
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
};
const signed = await oidc.buildAuthorizationUrlWithJAR(client, parameters, key);
const back = await visit(await oidc.buildAuthorizationUrlWithPAR(client, signed.searchParams, { DPoP }));
const tokens = await oidc.authorizationCodeGrant(client, back, { pkceCodeVerifier, expectedState, expectedNonce }, undefined, { DPoP });
assert.equal(tokens.token_type, 'dpop');
assert.equal((await oidc.fetchUserInfo(client, tokens.access_token, tokens.claims().sub, { DPoP })).organization.tin, 'NL854502130');
const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token, undefined, { DPoP });
assert.equal(refreshed.token_type, 'dpop');

// What is outside the profile.
await assert.rejects(oidc.refreshTokenGrant(client, refreshed.refresh_token ?? tokens.refresh_token));
const plain = await visit(oidc.buildAuthorizationUrl(client, parameters));
assert.equal(plain.searchParams.get('error'), 'invalid_request');
assert.equal(plain.searchParams.get('iss'), server.origin);
done();
