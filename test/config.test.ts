import { expect } from 'chai';
import { ConfigError, readConfig } from '../src/config.ts';

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

  it('wants password and tenant with an app id', () => {
    expect(() => readConfig({ MICROSOFT_APP_ID: 'x' })).to.throw(ConfigError, /TENANT_ID[\s\S]*PASSWORD/);
  });

  it('opens to the network only with an app id', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).to.throw(ConfigError, 'HOST');
    expect(
      readConfig({ MICROSOFT_APP_ID: 'x', MICROSOFT_APP_PASSWORD: 'y', MICROSOFT_APP_TENANT_ID: 'z' }).host,
    ).to.equal('0.0.0.0');
  });

  it('takes an empty variable for none', () =>
    expect(readConfig({ PORT: '', HOST: '' }).port).to.equal(3978));
});
