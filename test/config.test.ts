import { expect } from 'chai';
import { ConfigError, readConfig } from '../src/config.ts';

const identified = {
  MICROSOFT_APP_ID: 'x',
  MICROSOFT_APP_PASSWORD: 'y',
  MICROSOFT_APP_TENANT_ID: 'z',
  PUBLIC_URL: 'https://privacy.example.se',
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).to.deep.include({
      port: 3978,
      host: '127.0.0.1',
      dataDir: 'data',
      stateHours: 24,
      identity: null,
    });
  });

  it('names all faults at once, and no values', () => {
    const read = () =>
      readConfig({ PORT: '70000', LOG_LEVEL: 'loud', TICKET_SECRET: 'short secret', MICROSOFT_APP_ID: 'x' });
    expect(read)
      .to.throw(ConfigError)
      .with.property('message')
      .that.matches(/PORT/)
      .and.matches(/LOG_LEVEL/)
      .and.matches(/TICKET_SECRET/)
      .and.does.not.match(/short secret|70000/);
  });

  it('wants password, tenant and address with an app id', () => {
    expect(() => readConfig({ MICROSOFT_APP_ID: 'x' })).to.throw(
      ConfigError,
      /TENANT_ID[\s\S]*PUBLIC_URL[\s\S]*PASSWORD/,
    );
  });

  it('opens to the network only with an app id', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).to.throw(ConfigError, 'HOST');
    expect(readConfig(identified).host).to.equal('0.0.0.0');
  });

  it('keeps Teams to the own tenant unless others are named', () => {
    expect(readConfig(identified).tenants).to.deep.equal(['z']);
    expect(readConfig({ ...identified, TEAMS_TENANTS: 'z, other' }).tenants).to.deep.equal(['z', 'other']);
    expect(readConfig({}).tenants).to.equal(null);
  });

  it('reads the websites that show the chat as origins', () => {
    const { origins } = readConfig({
      ALLOWED_ORIGINS: 'https://jobb.example.se/karriar, https://example.com',
    });
    expect(origins).to.deep.equal(['https://jobb.example.se', 'https://example.com']);
    expect(() => readConfig({ ALLOWED_ORIGINS: 'jobb.example.se' })).to.throw(ConfigError, 'ALLOWED_ORIGINS');
  });

  it('takes a hosted Direct Line where its secret is given', () => {
    expect(readConfig({}).hostedDirectLine).to.equal(null);
    expect(readConfig({ DIRECT_LINE_SECRET: 's' }).hostedDirectLine).to.deep.equal({
      secret: 's',
      domain: 'https://directline.botframework.com/v3/directline',
    });
  });

  it('takes an empty variable for none', () =>
    expect(readConfig({ PORT: '', HOST: '' }).port).to.equal(3978));
});
