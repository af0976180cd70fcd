import type { Evidence, MobileSection, Signal, SignalData } from '@whorl/contract';
import { anyOf } from '../evidence.ts';
import { sectionValue } from '../facts.ts';
import { clearShare, foundShare, mobileSignal, ran, reported, sectionMissing, standing } from './mobile-signal.ts';
import { clear, detected, type SignalFacts, type SignalJudge, unknown } from './signal-judge.ts';

type Probes = MobileSection<'emulator'>;
type Verdict = Signal<SignalData['emulator']>;

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

/** Below the least that two groups come to, .79: a build from source can take such a board's name. */
const BOARD_ALONE = 0.6;

/** A board is named by who made the image, and none is sold under these names. */
const boardAlone = (facts: SignalFacts): Evidence[] => {
  const hardware = sectionValue(facts, 'device')?.hardware;
  return hardware !== undefined && boards.test(hardware)
    ? [reported('board is that of an emulator, and no probe agrees', hardware, BOARD_ALONE)]
    : [];
};

/**
 * What the build's names alone come to, where no probe ran: the board is enough, and the other names are shown, and are one
 * group that nothing agrees with.
 */
const withoutProbes = (facts: SignalFacts): Verdict => {
  const missing = sectionMissing(facts, 'emulator');
  if (sectionValue(facts, 'device') === undefined) return unknown({}, [missing]);
  const board = boardAlone(facts);
  if (board.length > 0) return detected({}, foundShare(BOARD_ALONE), [...board, missing, ...standing(facts)]);
  const named = buildGroup(facts);
  const names = named.length > 0 ? named : [reported('names of the build are no proof of a telephone', null, 0)];
  return unknown({}, [...names, missing]);
};

const judgeAndroid = (facts: SignalFacts): Verdict => {
  const probes = sectionValue(facts, 'emulator');
  if (probes === undefined || !ran(probes.properties, probes.sensors, probes.files)) return withoutProbes(facts);
  const groups = [buildGroup(facts), propertyGroup(probes), sensorGroup(probes), fileGroup(probes)];
  const agreeing = groups.filter((group) => group.length > 0).length;
  const count = reported('independent groups of facts that speak of an emulator', agreeing, agreeing === 0 ? -0.3 : 0);
  const found = [...groups.flat(), count];
  const shown = [...found, ...standing(facts)];
  const chance = anyOf(found);
  if (agreeing >= 2) return detected({}, foundShare(chance), shown);
  // The sender chooses which probes run, and must not be cleared by leaving out those that would tell.
  const allRan = [probes.properties, probes.sensors, probes.files].every((probe) => probe !== undefined);
  const isNamed = sectionValue(facts, 'device') === undefined || buildGroup(facts).length > 0;
  if (allRan || !isNamed) return clear({}, clearShare(1 - chance), shown);
  const board = boardAlone(facts);
  return board.length > 0
    ? detected({}, foundShare(BOARD_ALONE), [...board, count, ...standing(facts)])
    : unknown({}, [...found, reported('not all probes ran, and the build does not speak for a telephone', null, 0)]);
};

/** The simulator has no device: `hw.machine` is the processor of the Mac beneath. So it is of an app made for the Mac. */
const macProcessor = /^(?:arm64e?|x86_64|i386)$/;

/** An app is built for the simulator and runs nowhere else, so its own word decides, and no name of a device does. */
const judgeIos = (facts: SignalFacts): Verdict => {
  const { simulator, model = '' } = sectionValue(facts, 'device') ?? {};
  const mac = macProcessor.test(model) ? [reported('model is the processor of a Mac', model, 0)] : [];
  if (simulator === undefined) return unknown({}, [...mac, sectionMissing(facts, 'device')]);
  const built = reported('app was built for Apple’s simulator', simulator, simulator ? 0.9 : -0.3);
  const shown = [built, ...mac, ...standing(facts)];
  return simulator ? detected({}, foundShare(0.9), shown) : clear({}, clearShare(1), shown);
};

/**
 * Whether the app runs in an emulator of Android or in Apple's simulator. On Android two at least of four independent
 * groups of facts must say so, because builds from source and boxes without sensors have one of them: the build's names,
 * properties, sensors, files. Where not all probes ran, the board's name alone is enough, with less confidence. The APIs call
 * the one `emulator` and the other `simulator`.
 */
export const judgeEmulator: SignalJudge<'emulator'> = mobileSignal(['android', 'ios'], {}, (facts) =>
  facts.platform === 'ios' ? judgeIos(facts) : judgeAndroid(facts),
);
