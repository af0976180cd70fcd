import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsText, readSettings, type SettingFault } from './read-settings.ts';

const settingsOf = (env: NodeJS.ProcessEnv) => {
  const result = readSettings(env);
  if (!result.ok) throw new Error(faultsText(result.faults));
  return result.settings;
};

const faultsOf = (env: NodeJS.ProcessEnv): SettingFault[] => {
  const result = readSettings(env);
  return result.ok ? [] : result.faults;
};

const namesOf = (faults: SettingFault[]) => faults.map(({ setting }) => setting);

describe('readSettings', () => {
  it('has a default for everything, reached from this machine only', () => {
    expect(settingsOf({ PATH: '/bin' })).toEqual({
      port: 7070,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      databaseUrl: null,
      region: 'us',
      trustedProxies: null,
      ja4Header: null,
      tcpOsHeader: null,
      tlsCert: null,
      tlsKey: null,
      publicHosts: null,
      publicKey: null,
      secretKey: null,
      managementKey: null,
      sealingKey: null,
      eventSettle: 0,
      webhookPrivateAddresses: false,
      geoDatabase: null,
      networkLists: true,
      networkListsFile: null,
      agentKeys: null,
      demo: true,
      docs: true,
      logLevel: 'info',
    });
  });

  it('reads every setting', () => {
    expect(
      settingsOf({
        WHORL_PORT: '0',
        WHORL_HOST: '::',
        WHORL_DATA_DIR: '/var/lib/whorl',
        WHORL_DATABASE_URL: 'postgres://whorl:hunter22@db:5432/whorl',
        WHORL_REGION: 'eu',
        WHORL_TRUSTED_PROXIES: 'loopback, 10.1.2.3/8,2001:DB8::1',
        WHORL_JA4_HEADER: 'X-JA4',
        WHORL_TCP_OS_HEADER: 'x-tcp-os',
        WHORL_TLS_CERT: '/etc/whorl/cert.pem',
        WHORL_TLS_KEY: 'key.pem',
        WHORL_PUBLIC_HOSTS: 'fp.shop.example, FP.Shop.Example:8443,shop.example:443,[::1]:7070',
        WHORL_PUBLIC_KEY: 'public-key_1',
        WHORL_SECRET_KEY: 'secret-key_of-16',
        WHORL_MANAGEMENT_KEY: 'management-key_of_the_server',
        WHORL_SEALING_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
        WHORL_EVENT_SETTLE_MS: '600000',
        WHORL_WEBHOOK_PRIVATE_ADDRESSES: 'on',
        WHORL_GEO_DATABASE: '/var/lib/GeoLite2-City.mmdb, databases',
        WHORL_NETWORK_LISTS: 'off',
        WHORL_NETWORK_LISTS_FILE: 'lists.json',
        WHORL_AGENT_KEYS: 'keys.json',
        WHORL_DEMO: 'off',
        WHORL_DOCS: 'off',
        WHORL_LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      port: 0,
      host: '::',
      dataDir: resolve('/var/lib/whorl'),
      databaseUrl: 'postgres://whorl:hunter22@db:5432/whorl',
      region: 'eu',
      trustedProxies: ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '2001:db8::1/128'],
      ja4Header: 'x-ja4',
      tcpOsHeader: 'x-tcp-os',
      tlsCert: resolve('/etc/whorl/cert.pem'),
      tlsKey: resolve('key.pem'),
      publicHosts: ['fp.shop.example', 'fp.shop.example:8443', 'shop.example', '[::1]:7070'],
      publicKey: 'public-key_1',
      secretKey: 'secret-key_of-16',
      managementKey: 'management-key_of_the_server',
      sealingKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
      eventSettle: 600_000,
      webhookPrivateAddresses: true,
      geoDatabase: [resolve('/var/lib/GeoLite2-City.mmdb'), resolve('databases')],
      networkLists: false,
      networkListsFile: resolve('lists.json'),
      agentKeys: resolve('keys.json'),
      demo: false,
      docs: false,
      logLevel: 'debug',
    });
  });

  it('wants certificate and key together, and proxies for the headers that are theirs', () => {
    expect(namesOf(faultsOf({ WHORL_TLS_CERT: 'cert.pem' }))).toEqual(['WHORL_TLS_KEY']);
    expect(namesOf(faultsOf({ WHORL_TLS_KEY: 'key.pem' }))).toEqual(['WHORL_TLS_CERT']);
    expect(namesOf(faultsOf({ WHORL_JA4_HEADER: 'x-ja4', WHORL_TCP_OS_HEADER: 'x-os' }))).toEqual([
      'WHORL_JA4_HEADER',
      'WHORL_TCP_OS_HEADER',
    ]);
    // One fault each: what was refused is not asked for again.
    expect(namesOf(faultsOf({ WHORL_JA4_HEADER: 'x-ja4', WHORL_TRUSTED_PROXIES: 'all' }))).toEqual([
      'WHORL_TRUSTED_PROXIES',
    ]);
  });

  it.each(['x ja4', 'x-ja4:', '-x', 'x_ja4', 'ä', 'x'.repeat(65)])('refuses %j as a header', (text) => {
    const faults = faultsOf({ WHORL_JA4_HEADER: text, WHORL_TRUSTED_PROXIES: 'loopback' });
    expect(namesOf(faults)).toEqual(['WHORL_JA4_HEADER']);
  });

  it('takes an empty or blank variable for a missing one', () => {
    expect(settingsOf({ WHORL_PORT: '', WHORL_SECRET_KEY: '  ', WHORL_SEALING_KEY: '' })).toEqual(settingsOf({}));
  });

  it('lists all faults at once, each with its mend', () => {
    const faults = faultsOf({ WHORL_PORT: '70000', WHORL_REGION: 'mars', WHORL_DEMO: 'yes', WHORL_LOG_LEVEL: 'loud' });
    expect(namesOf(faults)).toEqual(['WHORL_PORT', 'WHORL_REGION', 'WHORL_DEMO', 'WHORL_LOG_LEVEL']);
    expect(faults[1]).toEqual({
      setting: 'WHORL_REGION',
      value: 'mars',
      problem: 'not one of the known words',
      mend: 'give one of us, eu, ap',
    });
    expect(faultsText(faults).split('\n')).toHaveLength(8);
  });

  it.each(['-1', '1.5', '0x50', '65536', '7070 7071', 'http'])('refuses %j as a port', (text) => {
    expect(namesOf(faultsOf({ WHORL_PORT: text }))).toEqual(['WHORL_PORT']);
  });

  it.each(['[::1]', 'localhost:7070', 'a b', 'http://localhost', '-host'])('refuses %j as a host', (text) => {
    expect(namesOf(faultsOf({ WHORL_HOST: text }))).toEqual(['WHORL_HOST']);
  });

  it.each(['10.0.0.0/33', '::1/129', '10.0.0', '010.0.0.1', '10.0.0.0/8/8', '10.0.0.0/', 'nginx', '10.0.0.1,,', 'all'])(
    'refuses %j as a list of proxies',
    (text) => {
      expect(namesOf(faultsOf({ WHORL_TRUSTED_PROXIES: text }))).toEqual(['WHORL_TRUSTED_PROXIES']);
    },
  );

  it.each([
    'https://shop.example',
    'shop.example/',
    '*.shop.example',
    'shop.example,,',
    'a b',
    'shop.example:99999',
    '[x]',
  ])('refuses %j as names of the server', (text) => {
    expect(namesOf(faultsOf({ WHORL_PUBLIC_HOSTS: text }))).toEqual(['WHORL_PUBLIC_HOSTS']);
  });

  it.each(['0.0.0.0/0', '::/0', 'loopback,1.2.3.4/0'])('refuses to trust everyone by %j', (text) => {
    expect(faultsOf({ WHORL_TRUSTED_PROXIES: text })[0]?.problem).toMatch('trusts every address');
  });

  it('wants both keys or neither, and names the one that is missing', () => {
    expect(namesOf(faultsOf({ WHORL_PUBLIC_KEY: 'public-key' }))).toEqual(['WHORL_SECRET_KEY']);
    expect(namesOf(faultsOf({ WHORL_SECRET_KEY: 'secret-key-of-the-shop' }))).toEqual(['WHORL_PUBLIC_KEY']);
  });

  it('refuses one key for both purposes', () => {
    const key = 'one-key-for-all-of-it';
    expect(namesOf(faultsOf({ WHORL_PUBLIC_KEY: key, WHORL_SECRET_KEY: key }))).toEqual(['WHORL_SECRET_KEY']);
  });

  it('does not ask for the partner of a key that it refused', () => {
    expect(namesOf(faultsOf({ WHORL_PUBLIC_KEY: 'public-key', WHORL_SECRET_KEY: 'short' }))).toEqual([
      'WHORL_SECRET_KEY',
    ]);
  });

  it('refuses a secret key that could be guessed, and says how one is made that cannot', () => {
    const keys = { WHORL_PUBLIC_KEY: 'public-8', WHORL_SECRET_KEY: 'fifteen-letters' };
    expect(faultsOf(keys)).toEqual([
      { setting: 'WHORL_SECRET_KEY', problem: 'not a possible key', mend: expect.stringContaining('16 to 128') },
    ]);
    expect(faultsOf(keys)[0]?.mend).toContain('openssl rand -hex 16');
    expect(settingsOf({ ...keys, WHORL_SECRET_KEY: 'sixteen-letters_' }).secretKey).toBe('sixteen-letters_');
  });

  it('guesses what a mistyped name was meant to be', () => {
    const [transposed, missing, strange] = faultsOf({
      WHORL_SECERT_KEY: 'x',
      WHORL_TRUSTED_PROXY: 'x',
      WHORL_QUUX: 'x',
    });
    expect(transposed?.mend).toBe('did you mean WHORL_SECRET_KEY?');
    expect(missing?.mend).toBe('did you mean WHORL_TRUSTED_PROXIES?');
    expect(strange?.mend).toMatch('whorl settings');
  });

  it.each(['public', 'secret'])('refuses the %s key as the management key', (kind) => {
    const keys = { WHORL_PUBLIC_KEY: 'public-key-of-the-shop', WHORL_SECRET_KEY: 'secret-key-of-the-shop' };
    expect(faultsOf({ ...keys, WHORL_MANAGEMENT_KEY: `${kind}-key-of-the-shop` })).toEqual([
      {
        setting: 'WHORL_MANAGEMENT_KEY',
        problem: `the same as the ${kind} key`,
        mend: 'choose another management key',
      },
    ]);
    const another = 'key-of-the-operator';
    expect(faultsOf({ ...keys, WHORL_MANAGEMENT_KEY: another })[0]?.mend).toContain('20 to 128 characters');
    expect(settingsOf({ ...keys, WHORL_MANAGEMENT_KEY: `${another}s` }).managementKey).toBe(`${another}s`);
  });

  it.each(['mysql://db/whorl', 'postgres:', 'db:5432/whorl', '/var/lib/whorl'])('refuses %j as a database', (text) => {
    expect(faultsOf({ WHORL_DATABASE_URL: text })[0]?.mend).toMatch('postgres://user:password@host:port/database');
  });

  it.each(['hunter22', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8', `${'A'.repeat(44)}=`])(
    'refuses %j as a sealing key',
    (text) => {
      expect(faultsOf({ WHORL_SEALING_KEY: text })[0]?.mend).toMatch('openssl rand -base64 32');
    },
  );

  it.each(['-1', '1.5', '600001', '1e3', 'soon'])('refuses %j as the time in which an event settles', (text) => {
    expect(namesOf(faultsOf({ WHORL_EVENT_SETTLE_MS: text }))).toEqual(['WHORL_EVENT_SETTLE_MS']);
  });

  it('says of the settings of a later version that they have no effect, without their values', () => {
    const read = readSettings({ WHORL_RETENTION_DAYS: 'hunter22' });
    expect(read.ok && read.notices).toEqual([expect.stringMatching(/^WHORL_RETENTION_DAYS has no effect: /)]);
    expect(JSON.stringify(read)).not.toMatch('hunter22');
  });

  it('leaves variables of the test suite and of other programs alone', () => {
    expect(settingsOf({ WHORL_TEST_CHROMIUM: '/usr/bin/chromium', PORT: '80' }).port).toBe(7070);
  });

  it('never repeats a text that may be a secret', () => {
    const secret = 'hunter22 with spaces';
    const faults = faultsOf({
      WHORL_PUBLIC_KEY: secret,
      WHORL_SECRET_KEY: secret,
      WHORL_SECERT_KEY: secret,
      WHORL_DATABASE_URL: `mysql://user:${secret}@db/whorl`,
      WHORL_MANAGEMENT_KEY: secret,
      WHORL_SEALING_KEY: secret,
      WHORL_QUUX: secret,
    });
    expect(faults).toHaveLength(7);
    expect(JSON.stringify(faults) + faultsText(faults)).not.toMatch('hunter22');
  });

  it('repeats only the beginning of a long value', () => {
    expect(faultsOf({ WHORL_REGION: 'x'.repeat(10_000) })[0]?.value).toHaveLength(81);
  });
});
