// Tokens bound to a key, at every endpoint; the server's nonce is asked for once, and taken from then on.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { callback, done, invitation, metadata, operator, server, visit } from '../here.mjs';

const answers = [];
const client = await oidc.dynamicClientRegistration(
  server,
  { ...metadata, grant_types: [...metadata.grant_types, 'client_credentials'], scope: `${metadata.scope} operators.read`, dpop_bound_access_tokens: true },
  undefined,
  { execute: [oidc.allowInsecureRequests], initialAccessToken: invitation });
client[oidc.customFetch] = async (url, options) => {
  const response = await fetch(url, options);
  answers.push(`${new URL(url).pathname} ${response.status}`);
  return response;
};
for (const alg of ['ES256', 'PS256']) {
  const DPoP = oidc.getDPoPHandle(client, await oidc.randomDPoPKeyPair(alg));
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const back = await visit(await oidc.buildAuthorizationUrlWithPAR(client, {
    redirect_uri: callback,
    scope: 'openid organization offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }, { DPoP }));
  const tokens = await oidc.authorizationCodeGrant(client, back, { pkceCodeVerifier }, undefined, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  assert.equal((await oidc.fetchUserInfo(client, tokens.access_token, tokens.claims().sub, { DPoP })).organization.tin, 'NL854502130');
  const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token, undefined, { DPoP });
  assert.equal(refreshed.token_type, 'dpop');

  // Of no use without the key, nor with another.
  const otherKey = { DPoP: oidc.getDPoPHandle(client, await oidc.randomDPoPKeyPair(alg)) };
  await assert.rejects(oidc.fetchUserInfo(client, refreshed.access_token, tokens.claims().sub));
  await assert.rejects(oidc.fetchUserInfo(client, refreshed.access_token, tokens.claims().sub, otherKey));

  const own = await oidc.clientCredentialsGrant(client, { scope: 'operators.read' }, { DPoP });
  const api = await oidc.fetchProtectedResource(client, own.access_token, operator, 'GET', undefined, undefined, { DPoP });
  assert.equal((await api.json()).tin, 'NL854502130');
  await assert.rejects(oidc.fetchProtectedResource(client, own.access_token, operator, 'GET'));
}

assert.ok(answers.includes('/connect/par 400'), `A nonce was asked for: ${answers}`);
assert.equal(answers.filter((answer) => answer === '/connect/token 200').length, 6);
done();
