import { z } from 'zod';
import type { OpenIdSettings } from './adapters/desk/openid-sign-in.ts';

const set = z.string().trim().min(1);

/** The variables of the environment that say how officers sign in to the desk. */
export const signInVariables = {
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isSafe, 'must be https, or on this machine')
    .optional(),
  OIDC_CLIENT_ID: set.optional(),
  OIDC_CLIENT_SECRET: set.optional(),
  OIDC_ROLES_CLAIM: set.default('roles'),
};

const variablesSchema = z.object(signInVariables);

/** The sign-in service of the desk, or null where none is named; and what is missing. */
export function signInOf(values: z.output<typeof variablesSchema>): {
  signIn: OpenIdSettings | null;
  faults: { variable: string; why: string }[];
} {
  const { OIDC_ISSUER: issuer, OIDC_ROLES_CLAIM: rolesClaim } = values;
  const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (!issuer) {
    const isHalf = clientId !== undefined || clientSecret !== undefined;
    return {
      signIn: null,
      faults: isHalf ? [{ variable: 'OIDC_ISSUER', why: 'is needed with the other OIDC settings' }] : [],
    };
  }
  const faults = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const)
    .filter((variable) => values[variable] === undefined)
    .map((variable) => ({ variable, why: 'is needed with OIDC_ISSUER' }));
  return {
    signIn: { issuer, clientId: clientId ?? '', clientSecret: clientSecret ?? '', rolesClaim },
    faults,
  };
}

function isSafe(issuer: string): boolean {
  const url = URL.parse(issuer);
  return url?.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '');
}
