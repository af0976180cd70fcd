import { optionalSetting, type Setting, settingWithDefault } from './setting.ts';
import { apiKey, host, onOff, path, port, proxyList, word } from './text-forms.ts';

/** Every setting, in the order in which it is documented. The documentation's table is made from this. */
export const settingRegistry = {
  port: settingWithDefault('WHORL_PORT', port, '7070', 'Port that the server listens on.'),
  host: settingWithDefault(
    'WHORL_HOST',
    host,
    '127.0.0.1',
    'Address that the server listens on. The default is reached from this machine only, as behind a proxy on the same machine; `0.0.0.0` or `::` listens on every interface.',
  ),
  dataDir: settingWithDefault(
    'WHORL_DATA_DIR',
    path,
    './data',
    'Directory of the database. It is created when missing.',
  ),
  region: settingWithDefault(
    'WHORL_REGION',
    word('us', 'eu', 'ap'),
    'us',
    'Region that this server counts as. No answer of this version depends on it.',
  ),
  trustedProxies: optionalSetting(
    'WHORL_TRUSTED_PROXIES',
    proxyList,
    'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Without it the address of the connection is the visitor’s.',
  ),
  publicKey: optionalSetting(
    'WHORL_PUBLIC_KEY',
    apiKey,
    'Public key of the first workspace, made at the first start. Together with `WHORL_SECRET_KEY`, or neither: then both are made and printed once.',
    { secret: true },
  ),
  secretKey: optionalSetting('WHORL_SECRET_KEY', apiKey, 'Secret key of the first workspace. See `WHORL_PUBLIC_KEY`.', {
    secret: true,
  }),
  geoDatabase: optionalSetting(
    'WHORL_GEO_DATABASE',
    path,
    'A GeoLite2 or GeoIP2 City or Country file (`.mmdb`) of your own, used for locations in place of the bundled data.',
  ),
  demo: settingWithDefault('WHORL_DEMO', onOff, 'on', 'Whether the page `/demo` is served.'),
  logLevel: settingWithDefault(
    'WHORL_LOG_LEVEL',
    word('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'Least grave entries that are logged.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

/** What the server runs by. Paths are absolute; what is not set and has no default is null. */
export type Settings = { [K in keyof typeof settingRegistry]: (typeof settingRegistry)[K]['absent'] };

/**
 * Settings that later versions will read, and what holds until then. Of most it is enough to say so at the start. A
 * database elsewhere is refused: whoever names one must not find the data in a file here.
 */
export const laterSettings: ReadonlyMap<string, { until: string; refused: boolean }> = new Map([
  ['WHORL_DATABASE_URL', { until: 'this version keeps everything in SQLite under WHORL_DATA_DIR', refused: true }],
  ['WHORL_SEALING_KEY', { until: 'this version makes no sealed results', refused: false }],
  ['WHORL_RETENTION_DAYS', { until: 'this version keeps events until you delete the database', refused: false }],
  ['WHORL_EVENT_SETTLE_MS', { until: 'this version has no updates of events through the Server API', refused: false }],
]);
