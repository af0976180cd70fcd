import type { Evidence, MobileSection } from '@whorl/contract';
import { sectionValue } from '../facts.ts';
import { type Finding, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalFacts, SignalJudge } from './signal-judge.ts';

type Probes = MobileSection<'emulator'>;

/**
 * Names that builds for emulators carry: goldfish and ranchu are the boards of the emulator of Android Studio, cutf and
 * vsoc those of Cuttlefish, vbox86 that of Genymotion. https://source.android.com/docs/setup/create/cuttlefish
 */
const boards = /^(?:goldfish|ranchu|cutf_cvm|vsoc.*|vbox86p?|nox|ttvm_.*)$/i;
const products = /^(?:(?:google_)?sdk(?:_.*)?|sdk_g?phone.*|aosp_cf_.*|vbox86p?|emulator.*|emu64.*)$/i;
const models = /(?:android sdk built for|^sdk_g?phone|emulator|genymotion|cuttlefish)/i;

/** The emulator's own properties. */
const properties = ['ro.kernel.qemu', 'ro.boot.qemu', 'ro.boot.qemu.avd_name', 'qemu.hw.mainkeys', 'init.svc.qemud'];

/** Devices and start files that only a guest has. */
const files = [
  /qemu_pipe|goldfish_pipe|goldfish_sync|\/socket\/qemud/,
  /\/socket\/(?:baseband_)?genyd|vbox86/,
  /(?:fstab|init|ueventd)\.(?:ranchu|goldfish|nox|andy)/,
  /\.bluestacks\.prop|BstSharedFolder/,
];

const buildGroup = (facts: SignalFacts): Evidence[] => {
  const build = sectionValue(facts, 'device');
  const named = [
    ['hardware', build?.hardware, boards],
    ['product', build?.product, products],
    ['device', build?.device, products],
    ['model', build?.model, models],
  ] as const;
  const hit = named.filter(([, value, known]) => value !== undefined && known.test(value));
  const seen = Object.fromEntries(hit.map(([field, value]) => [field, value ?? '']));
  return hit.length > 0 ? [reported('build is named like that of an emulator', seen, 0.7)] : [];
};

const propertyGroup = ({ properties: sent }: Probes): Evidence[] => {
  const hit = properties.filter((name) => sent?.[name] !== undefined && sent[name] !== '' && sent[name] !== '0');
  return hit.length > 0 ? [reported('system properties of an emulator', hit, 0.8)] : [];
};

const sensorGroup = ({ sensors }: Probes): Evidence[] => {
  if (sensors === undefined) return [];
  if (sensors.length === 0) return [reported('device has no sensors', 0, 0.3)];
  const made = sensors.map(({ name }) => name).filter((name) => /goldfish|genymotion|vbox/i.test(name));
  return made.length > 0 ? [reported('sensors are made by an emulator', made.slice(0, 4), 0.8)] : [];
};

const fileGroup = ({ files: sent }: Probes): Evidence[] => {
  const hit = sent?.filter((path) => files.some((known) => known.test(path))) ?? [];
  return hit.length > 0 ? [reported('files of an emulator', hit.slice(0, 8), 0.8)] : [];
};

const look = (probes: Probes, facts: SignalFacts): Finding | undefined => {
  if (!ran(probes.properties, probes.sensors, probes.files)) return undefined;
  const groups = [buildGroup(facts), propertyGroup(probes), sensorGroup(probes), fileGroup(probes)];
  const agreeing = groups.filter((group) => group.length > 0).length;
  const count = reported('independent groups of facts that speak of an emulator', agreeing, agreeing === 0 ? -0.3 : 0);
  return { found: [...groups.flat(), count], fires: agreeing >= 2 };
};

/**
 * Whether the app runs in an emulator: two at least of four independent groups of facts must say so, because builds
 * from source and boxes without sensors have one of them. Groups: the build's names, properties, sensors, files. Android
 * only.
 */
export const judgeEmulator: SignalJudge<'emulator'> = sectionVerdict(['android'], 'emulator', look);
