// The device grant poll by poll: pending, too fast, allowed, once.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as oauth from 'oauth4webapi';
import { done, invitation, server, visit } from '../here.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
const client = await oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(
  as,
  { client_name: 'Weighbridge', grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], scope: 'openid organization' },
  { ...insecure, initialAccessToken: invitation }));
const authentication = oauth.ClientSecretPost(client.client_secret);
const device = await oauth.processDeviceAuthorizationResponse(
  as, client, await oauth.deviceAuthorizationRequest(as, client, authentication, { scope: 'openid organization' }, insecure));
assert.ok(device.expires_in >= 60);
const poll = async () => oauth.processDeviceCodeResponse(as, client, await oauth.deviceCodeGrantRequest(as, client, authentication, device.device_code, insecure));
await assert.rejects(poll(), { error: 'authorization_pending' });
await assert.rejects(poll(), { error: 'slow_down' });
await visit(device.verification_uri_complete);
await wait(5000);
const tokens = await poll();
assert.equal(oauth.getValidatedIdTokenClaims(tokens).organization.tin, 'NL854502130');
await assert.rejects(poll(), { error: 'invalid_grant' });
done();
