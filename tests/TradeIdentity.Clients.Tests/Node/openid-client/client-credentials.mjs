// A program that acts for itself, at the API; and what it is not permitted.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { done, invitation, operator, server } from '../here.mjs';

const insecure = { execute: [oidc.allowInsecureRequests], initialAccessToken: invitation };
const metadata = { client_name: 'Register reader', grant_types: ['client_credentials'], scope: 'operators.read' };
const posting = await oidc.dynamicClientRegistration(server, { ...metadata, token_endpoint_auth_method: 'client_secret_post' }, undefined, insecure);
const basic = await oidc.dynamicClientRegistration(server, { ...metadata, token_endpoint_auth_method: 'client_secret_basic' }, oidc.ClientSecretBasic(), insecure);
for (const client of [posting, basic]) {
  const tokens = await oidc.clientCredentialsGrant(client, { scope: 'operators.read' });
  assert.equal(tokens.token_type, 'bearer');
  const answer = await oidc.fetchProtectedResource(client, tokens.access_token, operator, 'GET');
  assert.equal((await answer.json()).tin, 'NL854502130');
  await assert.rejects(oidc.clientCredentialsGrant(client, { scope: 'audit.read' }), { code: 'OAUTH_RESPONSE_BODY_ERROR' });
  const forbidden = await oidc.fetchProtectedResource(client, tokens.access_token, new URL('/api/v1/accounts', server), 'GET').catch((error) => error);
  assert.equal(forbidden.status ?? forbidden.response?.status, 403);
}

done();
