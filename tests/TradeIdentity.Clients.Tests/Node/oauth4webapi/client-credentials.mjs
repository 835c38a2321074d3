// Client credentials by private_key_jwt: an assertion works once, for this server alone; the token is asked about and given back.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { done, invitation, operator, publicKeys, server } from '../here.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
const key = await oauth.generateKeyPair('ES256', { extractable: true });
const client = await oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(
  as,
  { client_name: 'Register reader', grant_types: ['client_credentials'], scope: 'operators.read', token_endpoint_auth_method: 'private_key_jwt', jwks: await publicKeys(key) },
  { ...insecure, initialAccessToken: invitation }));

async function ask(modify) {
  const authentication = oauth.PrivateKeyJwt(key.privateKey, { [oauth.modifyAssertion]: modify ?? (() => {}) });
  return oauth.processClientCredentialsResponse(as, client, await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: 'operators.read' }, insecure));
}

const tokens = await ask();
const answer = await oauth.protectedResourceRequest(tokens.access_token, 'GET', operator, undefined, undefined, insecure);
assert.equal((await answer.json()).tin, 'NL854502130');
const introspected = await oauth.processIntrospectionResponse(
  as, client, await oauth.introspectionRequest(as, client, oauth.PrivateKeyJwt(key.privateKey), tokens.access_token, insecure));
assert.equal(introspected.scope, 'operators.read');

await ask((_, payload) => { payload.jti = 'one'; });
for (const wrong of [
  (payload) => { payload.jti = 'one'; },
  (payload) => { payload.aud = 'https://elsewhere.example'; },
  (payload) => { payload.exp = payload.iat - 3600; },
  (payload) => { payload.sub = 'another'; },
]) {
  await assert.rejects(ask((_, payload) => wrong(payload)), (error) => error.status === 401 && error.cause[0].parameters.error === 'invalid_client');
}

done();
