// Keys in place of a secret, with each algorithm; RS256 ID tokens, signed UserInfo, and pairwise subjects for a client that asks for them.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { callback, done, invitation, metadata, publicKeys, server, visit } from '../here.mjs';

const subjects = [];
for (const [alg, choices] of [['ES256', {}], ['PS256', {}], ['RS256', { id_token_signed_response_alg: 'RS256', userinfo_signed_response_alg: 'RS256', subject_type: 'pairwise' }]]) {
  const key = await oidc.randomDPoPKeyPair(alg, { extractable: true });
  const jwks = await publicKeys(key);
  jwks.keys[0].kid = 'one';
  const client = await oidc.dynamicClientRegistration(
    server,
    { ...metadata, ...choices, token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: alg, jwks },
    oidc.PrivateKeyJwt({ key: key.privateKey, kid: 'one' }),
    { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks], initialAccessToken: invitation });
  assert.equal(client.clientMetadata().client_secret, undefined);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const back = await visit(await oidc.buildAuthorizationUrlWithPAR(client, {
    redirect_uri: callback,
    scope: 'openid email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }));
  const tokens = await oidc.authorizationCodeGrant(client, back, { pkceCodeVerifier });
  const userInfo = await oidc.fetchUserInfo(client, tokens.access_token, tokens.claims().sub);
  assert.equal(userInfo.email, 'anna@flowers.example');
  assert.equal((await oidc.refreshTokenGrant(client, tokens.refresh_token)).claims().sub, tokens.claims().sub);
  assert.equal((await oidc.tokenIntrospection(client, tokens.access_token)).active, true);
  subjects.push(tokens.claims().sub);
}

assert.equal(subjects[0], subjects[1]);
assert.notEqual(subjects[0], subjects[2]);
done();
