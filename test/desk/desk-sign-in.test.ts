import { expect } from 'chai';
import { z } from 'zod';
import { signInOf, signInVariables } from '../../src/desk-sign-in.ts';

describe('how officers sign in, by the environment', () => {
  const schema = z.object(signInVariables);
  const read = (environment: Record<string, string>) => signInOf(schema.parse(environment));
  const whole = {
    OIDC_ISSUER: 'https://login.example.com/tenant/v2.0',
    OIDC_CLIENT_ID: 'desk',
    OIDC_CLIENT_SECRET: 'a secret',
  };

  it('is the link on the console where nothing is set', () => {
    expect(read({})).to.deep.equal({ signIn: null, faults: [] });
  });

  it('is a service with its client, whose roles stand in the claim `roles` or another', () => {
    expect(read(whole).signIn).to.deep.equal({
      issuer: 'https://login.example.com/tenant/v2.0',
      clientId: 'desk',
      clientSecret: 'a secret',
      rolesClaim: 'roles',
    });
    expect(read({ ...whole, OIDC_ROLES_CLAIM: 'groups' }).signIn?.rolesClaim).to.equal('groups');
  });

  it('names what is missing', () => {
    const missing = (environment: Record<string, string>) =>
      read(environment).faults.map(({ variable }) => variable);
    expect(missing({ OIDC_ISSUER: whole.OIDC_ISSUER })).to.deep.equal([
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
    ]);
    expect(missing({ OIDC_CLIENT_ID: 'desk' })).to.deep.equal(['OIDC_ISSUER']);
    expect(missing(whole)).to.deep.equal([]);
  });

  it('takes no service that is reached in the open', () => {
    const isTaken = (issuer: string) => schema.safeParse({ ...whole, OIDC_ISSUER: issuer }).success;
    expect(isTaken('http://127.0.0.1:8080')).to.equal(true);
    for (const issuer of ['http://login.example.com', 'ftp://login.example.com', 'login.example.com'])
      expect(isTaken(issuer), issuer).to.equal(false);
  });
});
