// Authorization requests as signed objects (RFC 9101), by value and pushed.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { callback, done, invitation, metadata, publicKeys, server, visit } from '../here.mjs';

const key = await oidc.randomDPoPKeyPair('ES256', { extractable: true });
const client = await oidc.dynamicClientRegistration(
  server,
  { ...metadata, token_endpoint_auth_method: 'private_key_jwt', request_object_signing_alg: 'ES256', require_signed_request_object: true, jwks: await publicKeys(key) },
  oidc.PrivateKeyJwt(key.privateKey),
  { execute: [oidc.allowInsecureRequests], initialAccessToken: invitation });

async function ask(send) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters = {
    redirect_uri: callback,
    scope: 'openid organization',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  };
  return oidc.authorizationCodeGrant(client, await visit(await send(parameters)), { pkceCodeVerifier, expectedState, expectedNonce });
}

const byValue = await ask((parameters) => oidc.buildAuthorizationUrlWithJAR(client, parameters, key.privateKey));
assert.equal(byValue.claims().organization.tin, 'NL854502130');
const pushed = await ask(async (parameters) => oidc.buildAuthorizationUrlWithPAR(client, (await oidc.buildAuthorizationUrlWithJAR(client, parameters, key.privateKey)).searchParams));
assert.equal(pushed.claims().sub, byValue.claims().sub);
await assert.rejects(ask((parameters) => oidc.buildAuthorizationUrl(client, parameters)), { error: 'invalid_request' });
done();
