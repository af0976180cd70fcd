import {
  defaultWeights,
  isDetected,
  type Signal,
  type Signals,
  type SuspectFactor,
  type SuspectWeights,
  suspectFactors,
} from '@whorl/contract';
import { evidence, share } from './evidence.ts';

/** Which product each factor is read from, and when it counts. */
const factors: { [F in SuspectFactor]: { from: keyof Signals; counts: (signals: Signals) => boolean } } = {
  bot: { from: 'botd', counts: ({ botd }) => isDetected(botd) && botd.data.result === 'bad' },
  incognito: { from: 'incognito', counts: ({ incognito }) => isDetected(incognito) },
  privacySettings: { from: 'privacySettings', counts: ({ privacySettings }) => isDetected(privacySettings) },
  virtualMachine: { from: 'virtualMachine', counts: ({ virtualMachine }) => isDetected(virtualMachine) },
  tampering: { from: 'tampering', counts: ({ tampering }) => isDetected(tampering) },
  antiDetectBrowser: { from: 'tampering', counts: ({ tampering }) => tampering.data.antiDetectBrowser },
  vpnTimezone: { from: 'vpn', counts: ({ vpn }) => vpn.data.methods.timezoneMismatch },
  publicVpn: { from: 'vpn', counts: ({ vpn }) => vpn.data.methods.publicVPN },
  relay: { from: 'vpn', counts: ({ vpn }) => vpn.data.methods.relay },
  proxy: { from: 'proxy', counts: ({ proxy }) => isDetected(proxy) },
  tor: { from: 'tor', counts: ({ tor }) => isDetected(tor) },
  emailSpam: { from: 'ipBlocklist', counts: ({ ipBlocklist }) => ipBlocklist.data.emailSpam },
  attackSource: { from: 'ipBlocklist', counts: ({ ipBlocklist }) => ipBlocklist.data.attackSource },
  highActivity: { from: 'highActivity', counts: ({ highActivity }) => isDetected(highActivity) },
  emulator: { from: 'emulator', counts: ({ emulator }) => isDetected(emulator) },
  clonedApp: { from: 'clonedApp', counts: ({ clonedApp }) => isDetected(clonedApp) },
  jailbroken: { from: 'jailbroken', counts: ({ jailbroken }) => isDetected(jailbroken) },
  frida: { from: 'frida', counts: ({ frida }) => isDetected(frida) },
  developerTools: { from: 'developerTools', counts: ({ developerTools }) => isDetected(developerTools) },
  replayed: { from: 'replayed', counts: ({ replayed }) => isDetected(replayed) },
  rareDevice: { from: 'rareDevice', counts: ({ rareDevice }) => isDetected(rareDevice) },
  rootApps: { from: 'rootApps', counts: ({ rootApps }) => isDetected(rootApps) },
  locationSpoofing: { from: 'locationSpoofing', counts: ({ locationSpoofing }) => isDetected(locationSpoofing) },
  mitmAttack: { from: 'mitmAttack', counts: ({ mitmAttack }) => isDetected(mitmAttack) },
};

/**
 * How suspicious the visit is as a whole: the sum of the weights of all factors that count. Evidence lists each
 * contribution with its points. Detected above 0; clear at 0; unknown at 0 when no product with a weight was judged.
 * Confidence is the share of the weights whose product was judged at all, so a low score of an unread visit is not
 * taken for a good one.
 */
export const scoreSuspicion = (
  signals: Signals,
  weights: SuspectWeights = defaultWeights,
): Signal<{ result: number }> => {
  // What adds nothing is no part of the score, neither as a contribution nor as something that was not judged.
  const names = suspectFactors.filter((name) => weights[name] > 0);
  const counting = names.filter((name) => factors[name].counts(signals));
  const result = Math.round(counting.reduce((sum, name) => sum + weights[name], 0));
  const contributions = counting.map((name) => evidence(name, true, weights[name], factors[name].from));
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  const unread = names.filter((name) => signals[factors[name].from].state === 'unknown');
  const judged = total - unread.reduce((sum, name) => sum + weights[name], 0);
  const silent = unread.length > 0 ? [evidence('not judged', unread, 0, 'signals')] : [];
  const found = [...contributions, ...silent];
  const confidence = total > 0 ? share(judged / total) : 0;
  if (result > 0) return { state: 'detected', confidence, data: { result }, evidence: found };
  return { state: judged > 0 ? 'clear' : 'unknown', confidence, data: { result }, evidence: found };
};
