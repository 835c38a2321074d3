// The answer posted by the browser, to a client that has no secret.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { callback, done, invitation, metadata, server, visit } from '../here.mjs';

const client = await oidc.dynamicClientRegistration(
  server, { ...metadata, token_endpoint_auth_method: 'none' }, oidc.None(), { execute: [oidc.allowInsecureRequests], initialAccessToken: invitation });
assert.equal(client.clientMetadata().client_secret, undefined);
const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
const posted = await visit(oidc.buildAuthorizationUrl(client, {
  redirect_uri: callback,
  response_mode: 'form_post',
  scope: 'openid organization offline_access',
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
}));
assert.equal(posted.method, 'POST');
const tokens = await oidc.authorizationCodeGrant(client, posted, { pkceCodeVerifier, expectedState, expectedNonce });
assert.equal(tokens.claims().organization.tin, 'NL854502130');
assert.ok((await oidc.refreshTokenGrant(client, tokens.refresh_token)).access_token);
done();
