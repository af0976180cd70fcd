import { regions } from '@whorl/contract';
import { optionalSetting, type Setting, settingWithDefault } from './setting.ts';
import {
  base64Key,
  headerName,
  host,
  hostNames,
  onOff,
  path,
  paths,
  port,
  postgresUrl,
  proxyList,
  publicKey,
  secretKey,
  serverKey,
  wholeNumber,
  word,
} from './text-forms.ts';

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
    'Directory of the SQLite database. It is created when missing.',
  ),
  databaseUrl: optionalSetting(
    'WHORL_DATABASE_URL',
    postgresUrl,
    'PostgreSQL database to keep everything in, in place of SQLite under `WHORL_DATA_DIR`. Several servers may share one.',
    { secret: true },
  ),
  region: settingWithDefault(
    'WHORL_REGION',
    word(...regions),
    'us',
    'Region that this server answers for, and that the first workspace gets. Keys of a workspace of another region are refused with `WrongRegion`.',
  ),
  trustedProxies: optionalSetting(
    'WHORL_TRUSTED_PROXIES',
    proxyList,
    'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Without it the address of the connection is the visitor’s.',
  ),
  ja4Header: optionalSetting(
    'WHORL_JA4_HEADER',
    headerName,
    'Header in which your proxy tells the JA4 fingerprint of the visitor’s TLS hello. Believed from `WHORL_TRUSTED_PROXIES` only; the proxy must overwrite what visitors send. See [TLS and headers](tls.md).',
  ),
  tcpOsHeader: optionalSetting(
    'WHORL_TCP_OS_HEADER',
    headerName,
    'Header in which your proxy tells the system that the visitor’s TCP handshake is of, such as `Linux 3.11 and newer`. Believed as `WHORL_JA4_HEADER` is.',
  ),
  tlsCert: optionalSetting(
    'WHORL_TLS_CERT',
    path,
    'PEM file of the server’s certificate, followed by those that vouch for it. With `WHORL_TLS_KEY` the server speaks HTTPS by itself, and reads the JA4 fingerprint of each visit.',
  ),
  tlsKey: optionalSetting('WHORL_TLS_KEY', path, 'PEM file of the certificate’s private key, without a passphrase.'),
  publicHosts: optionalSetting(
    'WHORL_PUBLIC_HOSTS',
    hostNames,
    'Names that browsers reach this server by. Signatures of agents (Web Bot Auth) on visits count only where they were made for one of them; without it they do not count at all.',
  ),
  publicKey: optionalSetting(
    'WHORL_PUBLIC_KEY',
    publicKey,
    'Public key of the first workspace, made at the first start. Together with `WHORL_SECRET_KEY`, or neither: then both are made and printed once.',
    { secret: true },
  ),
  secretKey: optionalSetting(
    'WHORL_SECRET_KEY',
    secretKey,
    'Secret key of the first workspace. See `WHORL_PUBLIC_KEY`.',
    { secret: true },
  ),
  managementKey: optionalSetting(
    'WHORL_MANAGEMENT_KEY',
    serverKey,
    'Key for the management API over all workspaces of this server. Without it only management keys of a workspace are accepted, each for its own workspace.',
    { secret: true },
  ),
  sealingKey: optionalSetting(
    'WHORL_SEALING_KEY',
    base64Key,
    'Key that results of the first workspace’s first environment are sealed with. Browsers then get sealed results only.',
    { secret: true },
  ),
  eventSettle: settingWithDefault(
    'WHORL_EVENT_SETTLE_MS',
    wholeNumber(0, 600_000, 'milliseconds'),
    '0',
    'How long a fresh event refuses updates through the Server API, with 409.',
  ),
  webhookPrivateAddresses: settingWithDefault(
    'WHORL_WEBHOOK_PRIVATE_ADDRESSES',
    onOff,
    'off',
    'Whether webhooks may be delivered to private and loopback addresses. Off, whoever may set up a webhook cannot reach into your network with it.',
  ),
  geoDatabase: optionalSetting(
    'WHORL_GEO_DATABASE',
    paths,
    'Address databases of your own: `.mmdb` files by MaxMind, IPinfo or DB-IP, or directories of such files. Each is recognised by its type and used for what it has; see [network data](network-data.md#your-own-files).',
  ),
  networkLists: settingWithDefault(
    'WHORL_NETWORK_LISTS',
    onOff,
    'on',
    'Whether lists of Tor exits, relays, VPNs, datacenters, open proxies, attackers and crawlers are fetched from their makers and used. Off, the server makes no such connection, and what only they know is unknown.',
  ),
  networkListsFile: optionalSetting(
    'WHORL_NETWORK_LISTS_FILE',
    path,
    'A JSON file with lists of your own, other addresses for those that come with the server, and those to do without; see [network lists](network-lists.md).',
  ),
  agentKeys: optionalSetting(
    'WHORL_AGENT_KEYS',
    path,
    'A JSON file with the key directories of agents that sign their requests, by their origin: `{"https://agent.example": {"keys": […]}}`. Those that come with the server stay known unless the file has the same origin.',
  ),
  demo: settingWithDefault('WHORL_DEMO', onOff, 'on', 'Whether the page `/demo` is served.'),
  docs: settingWithDefault(
    'WHORL_DOCS',
    onOff,
    'on',
    'Whether the API explorer and the OpenAPI documents are served under `/docs`.',
  ),
  logLevel: settingWithDefault(
    'WHORL_LOG_LEVEL',
    word('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'Least grave entries that are logged.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

/** What the server runs by. Paths are absolute; what is not set and has no default is null. */
export type Settings = { [K in keyof typeof settingRegistry]: (typeof settingRegistry)[K]['absent'] };

/** Settings that later versions will read, and what holds until then. It is said at the start that they do nothing yet. */
export const laterSettings: ReadonlyMap<string, { until: string }> = new Map([
  ['WHORL_RETENTION_DAYS', { until: 'this version keeps events until you delete them' }],
]);
