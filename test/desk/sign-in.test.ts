import { expect } from 'chai';
import { OAuth2Server } from 'oauth2-mock-server';
import { linkSignIn } from '../../src/adapters/desk/link-sign-in.ts';
import { roleIn } from '../../src/adapters/desk/officer.ts';
import { sessionsIn } from '../../src/adapters/desk/sessions.ts';
import { memoryDocuments } from '../../src/adapters/memory/memory-documents.ts';
import { browser, type Desk, someDesk } from './some-desk.ts';

type Claims = Record<string, unknown>;

describe('signing in to the desk by OpenID Connect', () => {
  const provider = new OAuth2Server();
  let desk: Desk;
  let claims: Claims;
  before(async () => {
    await provider.issuer.keys.generate('RS256');
    await provider.start(0, '127.0.0.1');
    provider.service.on('beforeTokenSigning', (token: { payload: Claims }) =>
      Object.assign(token.payload, claims),
    );
  });
  after(() => provider.stop());
  beforeEach(async () => {
    claims = { sub: 'kim-1', name: 'Kim Ek', roles: ['officer'] };
    // Tokens carry the real time, so the desk has it too.
    desk = await someDesk({}, settings());
    desk.now.date = new Date();
  });
  afterEach(() => desk.close());

  const settings = () => ({
    issuer: provider.issuer.url ?? '',
    clientId: 'desk',
    clientSecret: 'a secret of the desk',
    rolesClaim: 'roles',
  });
  const cookieIn = (headers: Headers, name: string) =>
    headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
  const contentOf = (cookie: string) => /=([^;]*)/.exec(cookie)?.[1] ?? '';
  const come = (path: string, cookie = '') =>
    fetch(new URL(path, desk.at), { headers: { cookie }, redirect: 'manual' });
  const begin = async (to = '/desk') => {
    const begun = await come(`/desk/sign-in?to=${encodeURIComponent(to)}`);
    const pending = cookieIn(begun.headers, 'desk-sign-in');
    return {
      pending: pending.split(';')[0] ?? '',
      cookie: pending,
      url: begun.headers.get('location') ?? '',
    };
  };
  /** The address that the provider sends the browser back to. */
  const consent = async (url: string) =>
    (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
  const signIn = async (to = '/desk') => {
    const { pending, url } = await begin(to);
    return come(await consent(url), pending);
  };
  const refused = async (response: Response) => {
    expect(response.status).to.equal(403);
    expect(contentOf(cookieIn(response.headers, 'desk'))).to.equal('');
    expect((await desk.audit.read(0, 10)).length).to.equal(0);
    return response.text();
  };

  it('asks with code, PKCE, state and nonce, and nothing of it can be read by a script', async () => {
    const { url, cookie } = await begin();
    const query = new URL(url).searchParams;
    expect(Object.fromEntries(query)).to.include({
      response_type: 'code',
      code_challenge_method: 'S256',
      client_id: 'desk',
      redirect_uri: `${desk.at}/desk/sign-in/return`,
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(query.get(name), name).to.match(/^[\w-]{43}$/);
    expect(cookie).to.include('HttpOnly').and.to.include('SameSite=Lax').and.to.include('Path=/desk;');
  });

  it('leads to the page that was wanted, with a session of the role that the claim names', async () => {
    const entered = await signIn('/desk/figures');
    expect([entered.status, entered.headers.get('location')]).to.deep.equal([303, '/desk/figures']);
    const cookie = cookieIn(entered.headers, 'desk');
    expect(cookie).to.match(/^desk=[\w-]{43}; Path=\/desk; HttpOnly; SameSite=Lax; Max-Age=3600$/);
    const { text } = await browser(desk.at, contentOf(cookie)).get('/desk');
    expect(text).to.include('Kim Ek, handläggare');
    const [first] = await desk.audit.read(0, 1);
    expect([first?.action, first?.by.id, first?.by.role]).to.deep.equal([
      'desk.sign_in',
      'oidc:kim-1',
      'officer',
    ]);
  });

  it('never leads to another site', async () => {
    for (const to of [
      'https://example.com/',
      '//example.com',
      '/desk/../x',
      '/desk\\@example.com',
      '/request/x',
    ])
      expect((await signIn(to)).headers.get('location'), to).to.equal('/desk');
  });

  it('gives a new id each time, and ends the session before', async () => {
    const first = contentOf(cookieIn((await signIn()).headers, 'desk'));
    const { pending, url } = await begin();
    const second = await come(await consent(url), `${pending}; desk=${first}`);
    expect(contentOf(cookieIn(second.headers, 'desk'))).to.not.equal(first);
    expect((await browser(desk.at, first).get('/desk')).status).to.equal(303);
  });

  it('keeps a secure cookie where the desk is reached over https', async () => {
    await desk.close();
    desk = await someDesk({ isSecure: true }, settings());
    const begun = await come('/desk/sign-in');
    expect(begun.headers.getSetCookie()[0]).to.match(/^__Secure-desk-sign-in=[\w-]{43};.*; Secure$/);
  });

  it('takes Entra’s object id for the officer where there is one', async () => {
    claims = { ...claims, oid: '0000-1111', roles: ['reader', 'administrator', 'somebody'] };
    await signIn();
    expect((await desk.audit.read(0, 10))[0]?.by).to.deep.equal({
      id: 'oidc:0000-1111',
      role: 'administrator',
    });
  });

  it('makes nobody the console, a person or a program, whatever the provider calls them', async () => {
    for (const sub of ['console', 'person', 'api:crm', 'system', 'x'.repeat(255)]) {
      claims = { ...claims, sub };
      const { text } = await browser(desk.at, contentOf(cookieIn((await signIn()).headers, 'desk'))).get(
        '/desk',
      );
      expect(text, sub).to.include('Kim Ek, handläggare');
      expect((await desk.audit.latest(1))[0]?.by.id).to.equal(`oidc:${sub}`);
    }
  });

  it('holds for an hour, however busy; then the provider is asked again for the role', async () => {
    const id = contentOf(cookieIn((await signIn()).headers, 'desk'));
    const started = desk.now.date.getTime();
    const statuses: number[] = [];
    for (const minutes of [20, 40, 59, 60]) {
      desk.now.date = new Date(started + minutes * 60_000);
      statuses.push((await browser(desk.at, id).get('/desk')).status);
    }
    expect(statuses).to.deep.equal([200, 200, 200, 303]);
    desk.now.date = new Date();
    claims = { ...claims, roles: [] };
    const again = await signIn();
    expect(again.status).to.equal(403);
  });

  const leave = async () => {
    const officer = browser(desk.at, contentOf(cookieIn((await signIn()).headers, 'desk')));
    const left = await officer.post('/desk/sign-out', {});
    expect(left.status).to.equal(200);
    expect(contentOf(cookieIn(left.headers, 'desk'))).to.equal('');
    return left;
  };

  it('ends at the provider too, which leads back to a page that signs nobody in', async () => {
    const left = await leave();
    const onwards = new URL(/^0; url=(.*)$/.exec(left.headers.get('refresh') ?? '')?.[1] ?? '');
    expect(onwards.origin).to.equal(new URL(provider.issuer.url ?? '').origin);
    expect(onwards.searchParams.get('client_id')).to.equal('desk');
    const back = onwards.searchParams.get('post_logout_redirect_uri');
    expect(back).to.equal(`${desk.at}/desk/signed-out`);
    const page = await come('/desk/signed-out');
    expect([page.status, page.headers.get('refresh')]).to.deep.equal([200, null]);
    expect(await page.text()).to.include('Du är utloggad');
  });

  it('ends here alone where the provider has no place for it', async () => {
    const { issuer } = provider;
    const hide = (answer: { body: Claims }) => {
      answer.body = { ...answer.body, end_session_endpoint: undefined };
    };
    provider.service.once('beforeWellKnownOpenIdConfiguration', hide);
    const left = await leave();
    expect(left.headers.get('refresh')).to.equal(null);
    expect(left.text)
      .to.include('frågar inloggningstjänsten vem du är')
      .and.not.include(issuer.url ?? '');
  });

  it('asks who it is after somebody has signed out, until somebody has signed in', async () => {
    const prompt = (url: string) => new URL(url).searchParams.get('prompt');
    expect(prompt((await begin()).url)).to.equal(null);
    const cookie = cookieIn((await leave()).headers, 'desk-left').split(';')[0] ?? '';
    const asked = await come('/desk/sign-in', cookie);
    expect(prompt(asked.headers.get('location') ?? '')).to.equal('login');
    const pending = cookieIn(asked.headers, 'desk-sign-in').split(';')[0] ?? '';
    const entered = await come(await consent(asked.headers.get('location') ?? ''), `${pending}; ${cookie}`);
    expect(entered.status).to.equal(303);
    expect(cookieIn(entered.headers, 'desk-left')).to.match(/^desk-left=; .*Max-Age=0$/);
  });

  for (const [what, roles] of Object.entries({
    'no claim': undefined,
    'an empty claim': [],
    'another role': ['owner'],
    'a role in other letters': ['Officer'],
    'an object': { officer: true },
  }))
    it(`is of no use with ${what}`, async () => {
      claims = { sub: 'kim-1', roles };
      expect(await refused(await signIn())).to.include('ingen roll');
    });

  it('is refused with another state', async () => {
    const { pending, url } = await begin();
    const back = new URL(await consent(url));
    back.searchParams.set('state', 'x'.repeat(43));
    await refused(await come(back.href, pending));
  });

  it('is refused with another nonce, another audience, another issuer and an old token', async () => {
    const hour = Math.floor(Date.now() / 1000) - 3600;
    for (const wrong of [
      { nonce: 'x' },
      { aud: 'another' },
      { iss: 'http://127.0.0.1:1' },
      { exp: hour, iat: hour - 60 },
      { sub: '' },
    ]) {
      claims = { sub: 'kim-1', roles: ['officer'], ...wrong };
      await refused(await signIn());
    }
  });

  it('is refused when the token was signed with a key that the provider does not have', async () => {
    const other = new OAuth2Server();
    await other.issuer.keys.generate('RS256');
    other.issuer.url = provider.issuer.url;
    const { pending, url } = await begin();
    const back = await consent(url);
    const forged = await other.issuer.buildToken({
      scopesOrTransform: (_header, payload) =>
        Object.assign(payload, {
          ...claims,
          aud: 'desk',
          nonce: new URL(url).searchParams.get('nonce'),
        }),
    });
    provider.service.once('beforeResponse', (answer: { body: Claims }) =>
      Object.assign(answer.body, { id_token: forged }),
    );
    await refused(await come(back, pending));
  });

  it('is refused without its cookie, in another browser, twice, and after ten minutes', async () => {
    const { pending, url } = await begin();
    const back = await consent(url);
    await refused(await come(back));
    await refused(await come(back, (await begin()).pending));
    const late = await begin();
    const lateBack = await consent(late.url);
    desk.now.date = new Date(Date.now() + 11 * 60_000);
    await refused(await come(lateBack, late.pending));
    desk.now.date = new Date();
    expect((await come(back, pending)).status).to.equal(303);
    expect((await come(back, pending)).status).to.equal(403);
  });

  it('is refused when the provider says no', async () => {
    const { pending, url } = await begin();
    const state = new URL(url).searchParams.get('state');
    await refused(await come(`/desk/sign-in/return?error=access_denied&state=${state}`, pending));
  });

  it('waits kindly while the provider is down, and works once it is back', async () => {
    provider.service.once('beforeWellKnownOpenIdConfiguration', (answer: { statusCode: number }) => {
      answer.statusCode = 500;
    });
    expect((await come('/desk/sign-in')).status).to.equal(503);
    expect((await come('/desk/sign-in')).status).to.equal(303);
    expect(desk.failures).to.deep.equal([]);
  });

  it('leaves no other way in', async () => {
    const { status } = await desk.stranger.post('/desk/sign-in', { code: 'x'.repeat(43) });
    expect(status).to.be.oneOf([404, 405]);
  });
});

describe('signing in to the desk by the link on the console', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await someDesk();
    await desk.stranger.post('/desk/sign-in', {});
  });
  afterEach(() => desk.close());
  const code = () => /code=([\w-]{43})$/.exec(desk.printed.at(-1) ?? '')?.[1] ?? 'none';

  it('works once, for an administrator, and not by looking at the link', async () => {
    for (let look = 0; look < 3; look += 1) {
      const shown = await desk.stranger.get(desk.printed[0] ?? '');
      expect([shown.status, shown.headers.get('set-cookie')]).to.deep.equal([200, null]);
    }
    const entered = await desk.stranger.post('/desk/sign-in', { code: code(), to: '/desk/audit' });
    expect([entered.status, entered.to]).to.deep.equal([303, '/desk/audit']);
    const id = /^desk=([\w-]{43})/.exec(entered.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect((await browser(desk.at, id).get('/desk/audit')).text).to.include('Konsolen, administratör');
    expect((await desk.stranger.post('/desk/sign-in', { code: code() })).status).to.equal(403);
  });

  it('is good for 15 minutes', async () => {
    desk.now.date = new Date(desk.now.date.getTime() + 15 * 60_000);
    expect((await desk.stranger.post('/desk/sign-in', { code: code() })).status).to.equal(403);
  });

  it('takes no other code', async () => {
    for (const wrong of ['', ' ', 'x', 'A'.repeat(43), `${code()} `, code().toLowerCase()]) {
      const shown = await desk.stranger.post('/desk/sign-in', { code: wrong });
      expect(shown.headers.get('set-cookie'), wrong).to.equal(null);
      expect(shown.status, wrong).to.equal(wrong === '' ? 200 : 403);
    }
  });

  it('is printed anew when somebody asks, which ends none before, and not all the time', async () => {
    const first = code();
    await desk.stranger.post('/desk/sign-in', {});
    expect(desk.printed).to.have.length(1);
    desk.now.date = new Date(desk.now.date.getTime() + 10_000);
    await desk.stranger.post('/desk/sign-in', {});
    expect(desk.printed).to.have.length(2);
    expect((await desk.stranger.post('/desk/sign-in', { code: first })).status).to.equal(303);
    expect((await desk.stranger.post('/desk/sign-in', { code: first })).status).to.equal(403);
    expect((await desk.stranger.post('/desk/sign-in', { code: code() })).status).to.equal(303);
  });

  it('cannot be had out of the way by asking often', async () => {
    const first = code();
    for (let ask = 0; ask < 20; ask += 1) {
      desk.now.date = new Date(desk.now.date.getTime() + 10_000);
      await desk.stranger.post('/desk/sign-in', {});
    }
    expect(desk.printed).to.have.length(3);
    expect((await desk.stranger.post('/desk/sign-in', { code: first })).status).to.equal(303);
    desk.now.date = new Date(desk.now.date.getTime() + 15 * 60_000);
    await desk.stranger.post('/desk/sign-in', {});
    expect(desk.printed).to.have.length(4);
  });

  it('is neither made nor used by another site', async () => {
    desk.now.date = new Date(desk.now.date.getTime() + 10_000);
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://example.com' },
    ] as Record<string, string>[]) {
      expect((await desk.stranger.post('/desk/sign-in', {}, headers)).status).to.equal(403);
      expect((await desk.stranger.post('/desk/sign-in', { code: code() }, headers)).status).to.equal(403);
    }
    expect(desk.printed).to.have.length(1);
    const own = { 'sec-fetch-site': 'same-origin', origin: desk.at };
    expect((await desk.stranger.post('/desk/sign-in', { code: code() }, own)).status).to.equal(303);
  });

  it('has nothing to redeem before it was printed', () => {
    const link = linkSignIn(
      () => undefined,
      () => new Date(),
    );
    expect(link.redeem('')).to.equal(null);
  });
});

describe('what the desk keeps of a session', () => {
  it('is found by a hash, never by what the cookie carries', async () => {
    const documents = memoryDocuments();
    const kept: string[] = [];
    const watched: typeof documents = {
      ...documents,
      write(...input) {
        kept.push(JSON.stringify(input));
        return documents.write(...input);
      },
    };
    const sessions = sessionsIn(watched, () => new Date());
    const { id } = await sessions.begin({ id: 'kim', name: 'Kim', role: 'reader' });
    expect(await sessions.see(id, 'en')).to.deep.include({ id, locale: 'en' });
    expect(kept).to.have.length(2);
    expect(kept.join()).to.not.include(id);
  });

  it('does not come back when it was ended while a request was under way', async () => {
    const documents = memoryDocuments();
    const sessions = sessionsIn(documents, () => new Date());
    const { id } = await sessions.begin({ id: 'kim', name: 'Kim', role: 'reader' });
    const racing = sessionsIn(
      {
        ...documents,
        async write(...input) {
          await sessions.end(id);
          return documents.write(...input);
        },
      },
      () => new Date(),
    );
    await racing.see(id, 'en');
    expect(await sessions.see(id, null)).to.equal(null);
  });

  it('names the highest role of a claim', () => {
    expect(roleIn(['reader', 'administrator'])).to.equal('administrator');
    expect(roleIn('reader')).to.equal('reader');
    expect(roleIn(null)).to.equal(null);
  });
});
