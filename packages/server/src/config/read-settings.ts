import { nearestName } from './nearest-name.ts';
import type { Setting } from './setting.ts';
import { laterSettings, type Settings, settingRegistry } from './setting-registry.ts';

/** One thing wrong with the environment. `value` is the text as given, missing wherever it may be a secret. */
export type SettingFault = { setting: string; value?: string; problem: string; mend: string };

/** `notices` name settings that are set, known and without effect in this version. */
export type SettingsResult =
  | { ok: true; settings: Settings; notices: string[] }
  | { ok: false; faults: SettingFault[] };

/** So much of a value is repeated in a fault. */
const SHOWN_LENGTH = 80;

const shown = (text: string): string => (text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text);

const knownNames: string[] = Object.values(settingRegistry).map((setting) => setting.name);

/** Faults of variables that begin with `WHORL_` but are no setting. Their values may be secrets with a mistyped name. */
const strangers = (env: NodeJS.ProcessEnv): SettingFault[] =>
  Object.keys(env)
    // WHORL_TEST_ variables steer the test suite, which starts servers in its own environment.
    .filter((name) => name.startsWith('WHORL_') && !name.startsWith('WHORL_TEST_') && !knownNames.includes(name))
    .filter((name) => !laterSettings.has(name))
    .map((setting) => {
      const nearest = nearestName(setting, knownNames);
      const mend =
        nearest === undefined ? 'unset it; `whorl settings` lists what there is' : `did you mean ${nearest}?`;
      return { setting, problem: 'there is no such setting', mend };
    });

/** What to say of settings that a later version will read. */
const noticesOf = (env: NodeJS.ProcessEnv): string[] =>
  [...laterSettings].flatMap(([name, { until }]) =>
    (env[name] ?? '') === '' ? [] : [`${name} has no effect: ${until}`],
  );

/** The two keys name one workspace: half of a pair, or the same key twice, cannot be what was meant. */
const keyPairFaults = ({ publicKey, secretKey }: Settings): SettingFault[] => {
  if ((publicKey === null) !== (secretKey === null)) {
    const missing = publicKey === null ? settingRegistry.publicKey.name : settingRegistry.secretKey.name;
    const given = publicKey === null ? settingRegistry.secretKey.name : settingRegistry.publicKey.name;
    return [
      { setting: missing, problem: `missing while ${given} is set`, mend: 'set both, or neither to have them made' },
    ];
  }
  if (publicKey === null || publicKey !== secretKey) return [];
  return [
    {
      setting: settingRegistry.secretKey.name,
      problem: 'the same as the public key, which every page shows',
      mend: 'choose another secret key',
    },
  ];
};

/** The certificate and its key serve together only. */
const tlsFaults = ({ tlsCert, tlsKey }: Settings): SettingFault[] => {
  if ((tlsCert === null) === (tlsKey === null)) return [];
  const [missing, given] =
    tlsCert === null
      ? [settingRegistry.tlsCert.name, settingRegistry.tlsKey.name]
      : [settingRegistry.tlsKey.name, settingRegistry.tlsCert.name];
  return [{ setting: missing, problem: `missing while ${given} is set`, mend: 'set both, or neither for plain HTTP' }];
};

/** What a header says is believed of named proxies alone, so without any the setting would do nothing in silence. */
const proxyHeaderFaults = ({ trustedProxies, ja4Header, tcpOsHeader }: Settings): SettingFault[] =>
  (
    [
      [settingRegistry.ja4Header.name, ja4Header],
      [settingRegistry.tcpOsHeader.name, tcpOsHeader],
    ] as const
  )
    .filter(([, header]) => header !== null && trustedProxies === null)
    .map(([setting]) => ({
      setting,
      problem: `set without ${settingRegistry.trustedProxies.name}, so that nobody is believed`,
      mend: `name your proxies in ${settingRegistry.trustedProxies.name}, or unset it`,
    }));

/** Whoever knows a key of a page or of a server must not manage the workspaces with it. */
const managementKeyFaults = ({ managementKey, publicKey, secretKey }: Settings): SettingFault[] =>
  managementKey === null || (managementKey !== publicKey && managementKey !== secretKey)
    ? []
    : [
        {
          setting: settingRegistry.managementKey.name,
          problem: `the same as the ${managementKey === publicKey ? 'public' : 'secret'} key`,
          mend: 'choose another management key',
        },
      ];

/**
 * Reads the settings from environment variables. This is the only place of the server that looks at the environment.
 *
 * An empty variable counts as missing, as compose files pass it. Every fault is found in one go.
 */
export const readSettings = (env: NodeJS.ProcessEnv): SettingsResult => {
  const faults: SettingFault[] = [];
  const read = (setting: Setting<unknown>): unknown => {
    const text = env[setting.name]?.trim() ?? '';
    if (text === '') return setting.absent;
    const parsed = setting.parse(text);
    if (parsed.ok) return parsed.value;
    const { problem, mend } = parsed;
    faults.push({ setting: setting.name, ...(setting.secret ? {} : { value: shown(text) }), problem, mend });
    return setting.absent;
  };
  // The cast restores what Object.fromEntries loses: each key holds the value of its own setting's parser.
  const settings = Object.fromEntries(
    Object.entries(settingRegistry).map(([key, setting]) => [key, read(setting)]),
  ) as Settings;
  // A key that was refused is absent here: asking for its partner as well would send the operator astray.
  const keysRead = !faults.some(({ setting }) => /_(PUBLIC|SECRET)_KEY$/.test(setting));
  const wasRefused = (name: string): boolean => faults.some(({ setting }) => setting === name);
  const proxiesRead = !wasRefused(settingRegistry.trustedProxies.name);
  const tlsRead = !wasRefused(settingRegistry.tlsCert.name) && !wasRefused(settingRegistry.tlsKey.name);
  faults.push(
    ...(keysRead ? keyPairFaults(settings) : []),
    ...managementKeyFaults(settings),
    ...(tlsRead ? tlsFaults(settings) : []),
    ...(proxiesRead ? proxyHeaderFaults(settings) : []),
    ...strangers(env),
  );
  return faults.length === 0 ? { ok: true, settings, notices: noticesOf(env) } : { ok: false, faults };
};

/** Faults as text for a terminal, one paragraph each. */
export const faultsText = (faults: SettingFault[]): string =>
  faults
    .map(({ setting, value, problem, mend }) => {
      const given = value === undefined ? '' : ` (${JSON.stringify(value)})`;
      return `${setting}${given}: ${problem}\n  → ${mend}`;
    })
    .join('\n');
