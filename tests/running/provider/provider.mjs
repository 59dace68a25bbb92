// A certified OpenID provider (npm: oidc-provider) on this computer, for the tests of single sign-on.
// Who signs in is said by the test: /interaction/ID?as=NAME&amr=a,b. What it says falsely is said at /mode?lie=KIND,
// sealed with its own, right key where that is possible: the certified provider itself tells no lies.
import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const home = pathToFileURL(process.env.PROVIDER_HOME + '/node_modules/');
const { default: Provider } = await import(new URL('oidc-provider/lib/index.js', home));
const { SignJWT, decodeJwt, decodeProtectedHeader, exportJWK, exportSPKI, generateKeyPair } = await import(new URL('jose/dist/webapi/index.js', home));

const people = {
  ana: { email: 'ana@clinic.example', email_verified: true },
  bo: { email: 'bo@clinic.example', email_verified: false },
  text: { email: 'ana@clinic.example', email_verified: 'true' },
  eve: { email: 'eve@clinic.example', email_verified: true },
  far: { email: 'ana@elsewhere.example', email_verified: true },
  other: { email: 'ana@clinic.example', email_verified: true },
};
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const issuer = process.env.ISSUER;
const key = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
let lie = '';

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'zonemap',
    client_secret: process.env.CLIENT_SECRET,
    redirect_uris: [process.env.BACK],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  jwks: { keys: [key] },
  cookies: { keys: ['for tests alone'] },
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: true,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  acrValues: ['strong'],
});

async function interact(ctx) {
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  const name = ctx.query.as;
  if (!name) return provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' });
  const grant = new provider.Grant({ accountId: name, clientId: details.params.client_id });
  grant.addOIDCScope(details.params.scope);
  const amr = (ctx.query.amr || '').split(',').filter(Boolean);
  return provider.interactionFinished(ctx.req, ctx.res, {
    login: { accountId: name, amr: amr.length ? amr : undefined },
    consent: { grantId: await grant.save() },
  });
}

const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function falsified(token) {
  const header = decodeProtectedHeader(token);
  const claims = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const said = {
    nonce: { nonce: 'another' }, issuer: { iss: 'https://elsewhere.example' }, audience: { aud: 'another' }, 'audience of another': { aud: 'another', azp: 'zonemap' },
    'two audiences': { aud: ['zonemap', 'another'], azp: 'another' }, expired: { exp: now - 3600, iat: now - 7200 },
    'access token': { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' },
  }[lie];
  if (said) return new SignJWT({ ...claims, ...said }).setProtectedHeader(header).sign(privateKey);
  if (lie === 'no nonce') { delete claims.nonce; return new SignJWT(claims).setProtectedHeader(header).sign(privateKey); }
  if (lie === 'no seal') return `${b64({ ...header, alg: 'none' })}.${b64(claims)}.`;
  if (lie === 'seal of both') { // HS256, made with the public key as if it were a shared secret
    const body = `${b64({ ...header, alg: 'HS256' })}.${b64(claims)}`;
    return `${body}.${createHmac('sha256', await exportSPKI(publicKey)).update(body).digest('base64url')}`;
  }
  if (lie === 'another key') {
    const { privateKey: wrong } = await generateKeyPair('RS256');
    return new SignJWT(claims).setProtectedHeader(header).sign(wrong);
  }
  if (lie === 'flipped') return token.slice(0, -3) + (token.endsWith('AAA') ? 'BBB' : 'AAA');
  return token;
}

provider.use(async (ctx, next) => {
  if (ctx.path === '/mode') { lie = ctx.query.lie || ''; ctx.body = 'ok'; return undefined; }
  if (ctx.path.startsWith('/interaction/')) return interact(ctx);
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: await falsified(ctx.body.id_token) };
  if (lie === 'another name' && ctx.path.endsWith('/openid-configuration')) ctx.body = { ...ctx.body, issuer: 'https://elsewhere.example' };
  if (lie === 'open address' && ctx.path.endsWith('/openid-configuration')) ctx.body = { ...ctx.body, token_endpoint: 'http://elsewhere.example/token' };
  if (lie === 'somebody else' && ctx.path === '/me') ctx.body = { ...ctx.body, sub: 'eve' };
  return undefined;
});

provider.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
