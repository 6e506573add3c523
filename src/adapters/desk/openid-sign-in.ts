import { createHash, randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import { z } from 'zod';
import type { DocumentStore } from '../../tickets/ticket-store.ts';
import { type Officer, roleIn } from './officer.ts';

/** The sign-in service: Entra ID in production. */
export interface OpenIdSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim of the ID token that names the officer's roles. */
  rolesClaim: string;
}

/** How long somebody may take to sign in, in milliseconds. */
export const SIGN_IN_MS = 10 * 60_000;
/** How long a session goes on, in milliseconds: a role that is taken away at the service is so for no longer. */
const SESSION_MS = 3_600_000;
const TIMEOUT_S = 10;

const begun = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});

const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  oid: z.string().min(1).max(255).optional(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
});

/** What came of a sign-in. */
export type SignedIn =
  | { is: 'officer'; officer: Officer; to: string }
  | { is: 'refused'; why: 'failed' | 'no_role' };

/** Sign-in by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface OpenIdSignIn {
  kind: 'openid';
  sessionMs: number;
  /**
   * Where to send the browser, and the secret that its cookie must bring back. `isAnew`: the service asks who it is,
   * though it may know. @throws where the service is down.
   */
  begin(to: string, isAnew: boolean): Promise<{ url: URL; id: string }>;
  /** What the browser brought back, once; `query` is that of the address it came to. */
  finish(id: string, query: string): Promise<SignedIn>;
  /** Where to sign out of the service itself, and come back to `/desk/signed-out`; null where it has no such place. */
  leave(): Promise<URL | null>;
}

/** `address` is where the desk is reached. The service's settings are read at the first sign-in, and again after a failure. */
export function openIdSignIn(
  settings: OpenIdSettings,
  documents: DocumentStore,
  address: () => string,
  clock: () => Date,
): OpenIdSignIn {
  let known: Promise<client.Configuration> | null = null;
  const service = () => {
    known ??= discover(settings).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  const returnTo = () => new URL('/desk/sign-in/return', address()).href;
  return {
    kind: 'openid',
    sessionMs: SESSION_MS,
    async begin(to, isAnew) {
      const configuration = await service();
      const [state, nonce, verifier] = [
        client.randomState(),
        client.randomNonce(),
        client.randomPKCECodeVerifier(),
      ];
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: returnTo(),
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isAnew ? { prompt: 'login' } : {}),
      });
      const id = randomBytes(32).toString('base64url');
      const now = clock();
      const until = new Date(now.getTime() + SIGN_IN_MS);
      await documents.write(keyOf(id), { state, nonce, verifier, to }, null, now, until);
      return { url, id };
    },
    async finish(id, query) {
      const key = keyOf(id);
      const found = begun.safeParse((await documents.read([key], clock())).get(key)?.value);
      // Once, whatever comes of it.
      await documents.delete([key]);
      if (!found.success) return { is: 'refused', why: 'failed' };
      const { state, nonce, verifier, to } = found.data;
      const claims = await service()
        .then((configuration) =>
          client.authorizationCodeGrant(configuration, new URL(`${returnTo()}?${query}`), {
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          }),
        )
        .then((tokens) => tokens.claims())
        .catch(() => undefined);
      const parsed = claimsSchema.safeParse(claims);
      if (!claims || !parsed.success) return { is: 'refused', why: 'failed' };
      const role = roleIn(claims[settings.rolesClaim]);
      if (!role) return { is: 'refused', why: 'no_role' };
      const { sub, oid, name, preferred_username } = parsed.data;
      return {
        is: 'officer',
        // Entra's `oid` is the same in every application; `sub` is what every service has. What a service calls its
        // accounts is never what anybody is called here: the console, a person, a program.
        officer: { id: `oidc:${oid ?? sub}`, name: (name ?? preferred_username ?? '').slice(0, 200), role },
        to,
      };
    },
    async leave() {
      const configuration = await service().catch(() => null);
      if (!configuration?.serverMetadata().end_session_endpoint) return null;
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: new URL('/desk/signed-out', address()).href,
      });
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  const url = new URL(issuer);
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return client.discovery(url, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_S,
    // The signature is checked too, not only the connection that the token came over.
    execute: [client.enableNonRepudiationChecks, ...(isHere ? [client.allowInsecureRequests] : [])],
  });
}

function keyOf(id: string): string {
  return `desk-sign-in/${createHash('sha256').update(id).digest('hex')}`;
}
