import type { SignalName } from '@whorl/contract';
import { judgeBotd } from './botd.ts';
import { judgeClonedApp } from './cloned-app.ts';
import { judgeDeveloperTools } from './developer-tools.ts';
import { judgeEmulator } from './emulator.ts';
import { judgeFactoryReset } from './factory-reset.ts';
import { judgeFrida } from './frida.ts';
import { judgeHighActivity } from './high-activity.ts';
import { judgeIncognito } from './incognito.ts';
import { judgeIpBlocklist } from './ip-blocklist.ts';
import { judgeIpInfo } from './ip-info.ts';
import { judgeJailbroken } from './jailbroken.ts';
import { judgeLocationSpoofing } from './location-spoofing.ts';
import { judgeMitmAttack } from './mitm-attack.ts';
import { judgePrivacySettings } from './privacy-settings.ts';
import { judgeProximity } from './proximity.ts';
import { judgeProxy } from './proxy.ts';
import { judgeRareDevice } from './rare-device.ts';
import { judgeReplayed } from './replayed.ts';
import { judgeRootApps } from './root-apps.ts';
import type { SignalJudge } from './signal-judge.ts';
import { judgeTampering } from './tampering.ts';
import { judgeTor } from './tor.ts';
import { judgeVelocity } from './velocity.ts';
import { judgeVirtualMachine } from './virtual-machine.ts';
import { judgeVpn } from './vpn.ts';

/** One judge for each product, in the order of the contract. */
export type SignalRegistry = { [N in SignalName]: SignalJudge<N> };

/** Every judge by the name of its product. To add one: its schema in the contract, its file, one line here, a test, a page. */
export const signalRegistry: SignalRegistry = {
  botd: judgeBotd,
  ipInfo: judgeIpInfo,
  incognito: judgeIncognito,
  developerTools: judgeDeveloperTools,
  privacySettings: judgePrivacySettings,
  virtualMachine: judgeVirtualMachine,
  tampering: judgeTampering,
  vpn: judgeVpn,
  proxy: judgeProxy,
  tor: judgeTor,
  ipBlocklist: judgeIpBlocklist,
  velocity: judgeVelocity,
  highActivity: judgeHighActivity,
  replayed: judgeReplayed,
  rareDevice: judgeRareDevice,
  rootApps: judgeRootApps,
  emulator: judgeEmulator,
  clonedApp: judgeClonedApp,
  factoryReset: judgeFactoryReset,
  jailbroken: judgeJailbroken,
  frida: judgeFrida,
  locationSpoofing: judgeLocationSpoofing,
  mitmAttack: judgeMitmAttack,
  proximity: judgeProximity,
};
