// The comparison: oidc-provider with its defaults and its store in memory. Arguments: address, client id, client secret.
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const [address, clientId, clientSecret] = process.argv.slice(2);
const { hostname, port, origin } = new URL(address);

const provider = new Provider(origin, {
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: 'operators.read',
    token_endpoint_auth_method: 'client_secret_post',
  }],
  features: {
    clientCredentials: { enabled: true },
    // As ours: a nonce of the server, and no proof twice.
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
  },
  scopes: ['operators.read'],
});

provider.listen(Number(port), hostname);
