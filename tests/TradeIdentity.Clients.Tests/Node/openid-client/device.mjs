// A device without a browser, whose person has one elsewhere.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { done, invitation, server, visit } from '../here.mjs';

const client = await oidc.dynamicClientRegistration(
  server,
  { client_name: 'Gate terminal', token_endpoint_auth_method: 'none', grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'], scope: 'openid organization offline_access' },
  oidc.None(),
  { execute: [oidc.allowInsecureRequests], initialAccessToken: invitation });
const device = await oidc.initiateDeviceAuthorization(client, { scope: 'openid organization offline_access' });
assert.match(device.user_code, /^[B-Z]{4}-[B-Z]{4}$/);
const polled = oidc.pollDeviceAuthorizationGrant(client, device);
assert.equal((await visit(device.verification_uri_complete)).pathname, '/device');
const tokens = await polled;
assert.equal(tokens.claims().organization.tin, 'NL854502130');
assert.ok((await oidc.refreshTokenGrant(client, tokens.refresh_token)).access_token);
done();
