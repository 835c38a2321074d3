// The code flow with PKCE, pushed; claims, UserInfo, refresh, introspection, revocation, and the address that ends the session.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { callback, done, invitation, metadata, server, signedOut, visit } from '../here.mjs';

const insecure = { execute: [oidc.allowInsecureRequests] };
const registered = await oidc.dynamicClientRegistration(server, metadata, undefined, { ...insecure, initialAccessToken: invitation });
const { client_id, client_secret } = registered.clientMetadata();
const client = await oidc.discovery(server, client_id, client_secret, oidc.ClientSecretBasic(client_secret), insecure);
assert.equal(client.serverMetadata().authorization_response_iss_parameter_supported, true);

const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce(), maxAge: 600, idTokenExpected: true };
const parameters = {
  redirect_uri: callback,
  scope: metadata.scope,
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: checks.expectedState,
  nonce: checks.expectedNonce,
  max_age: '600',
};
const back = await visit(await oidc.buildAuthorizationUrlWithPAR(client, parameters));
const tokens = await oidc.authorizationCodeGrant(client, back, checks);
assert.equal(tokens.claims().organization.tin, 'NL854502130');
assert.ok(tokens.expiresIn() > 0);

const userInfo = await oidc.fetchUserInfo(client, tokens.access_token, tokens.claims().sub);
assert.equal(userInfo.email, 'anna@flowers.example');
assert.equal(userInfo.iss, client.serverMetadata().issuer);

const introspected = await oidc.tokenIntrospection(client, tokens.access_token);
assert.equal(introspected.active, true);
assert.equal(introspected.client_id, client_id);

const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token);
assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
assert.equal(refreshed.claims().sub, tokens.claims().sub);
assert.equal(refreshed.claims().auth_time, tokens.claims().auth_time);

await oidc.tokenRevocation(client, refreshed.refresh_token);
assert.deepEqual(await oidc.tokenIntrospection(client, refreshed.refresh_token), { active: false });
await assert.rejects(oidc.refreshTokenGrant(client, refreshed.refresh_token), { error: 'invalid_grant' });

// The same person again, without the push and without being asked anything.
const silent = await visit(oidc.buildAuthorizationUrl(client, { ...parameters, prompt: 'none', id_token_hint: tokens.id_token }));
assert.equal((await oidc.authorizationCodeGrant(client, silent, checks)).claims().sub, tokens.claims().sub);

const ended = await visit(oidc.buildEndSessionUrl(client, { id_token_hint: tokens.id_token, post_logout_redirect_uri: signedOut, state: 'kept' }));
assert.equal(ended.href, `${signedOut}?state=kept`);
const nobody = await visit(oidc.buildAuthorizationUrl(client, { ...parameters, prompt: 'none' }));
await assert.rejects(oidc.authorizationCodeGrant(client, nobody, checks), { error: 'login_required' });
done();
