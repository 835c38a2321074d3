// What a script knows of its surroundings, and how it asks its test to be the person before the browser.
import { createInterface } from 'node:readline';

export const server = new URL(process.env.SERVER);
export const invitation = process.env.INVITATION;
export const callback = 'https://party.example/callback';
export const signedOut = 'https://party.example/signed-out';

/** An operator of the demonstration, at the API. */
export const operator = new URL('/api/v1/operators/NL854502130', server);

/** The metadata that most of the scripts register with. */
export const metadata = {
  client_name: 'Freight desk',
  redirect_uris: [callback],
  post_logout_redirect_uris: [signedOut],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email organization aeo offline_access',
};

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Sends the person there, and gives what the browser comes back with: a URL, or a Request where the answer was posted. */
export async function visit(url) {
  console.log(`visit ${url}`);
  const [address, form] = (await answers.next()).value.split(' ');
  return form
    ? new Request(address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form })
    : new URL(address);
}

/** The public half of a key, as a set for a registration. */
export async function publicKeys(...keys) {
  return { keys: await Promise.all(keys.map(async (key) => ({ ...(await crypto.subtle.exportKey('jwk', key.publicKey)), use: 'sig', key_ops: undefined, ext: undefined }))) };
}

/** The rest of a script that is done; what it listens to would keep it alive. */
export function done() {
  process.stdin.destroy();
}
