import type { SignalName } from '@whorl/contract';

/** What a reader who meets a signal for the first time needs: its name, and the question that it answers. */
export const signalTexts: { readonly [N in SignalName]: { readonly title: string; readonly question: string } } = {
  botd: { title: 'Bot', question: 'Does a program drive this browser?' },
  ipInfo: { title: 'Address', question: 'Where is this address, and whose is it?' },
  incognito: { title: 'Private window', question: 'Is this a private window?' },
  developerTools: { title: 'Developer tools', question: 'Are the developer tools open?' },
  privacySettings: { title: 'Privacy settings', question: 'Does the browser hide or blur what makes it recognisable?' },
  virtualMachine: { title: 'Virtual machine', question: 'Does the browser run in a virtual machine?' },
  tampering: { title: 'Tampering', question: 'Does what the browser says of itself contradict what it shows?' },
  vpn: { title: 'VPN', question: 'Does the visitor come through a VPN or relay?' },
  proxy: { title: 'Proxy', question: 'Is the address a known proxy?' },
  tor: { title: 'Tor', question: 'Is the address an exit of the Tor network?' },
  ipBlocklist: { title: 'Address blocklist', question: 'Is the address known for spam or attacks?' },
  velocity: { title: 'Velocity', question: 'How often, and from how many places, lately?' },
  highActivity: { title: 'High activity', question: 'Does this visitor come far more often than others?' },
  replayed: { title: 'Replayed', question: 'Is this observation a copy of an earlier one?' },
  rareDevice: { title: 'Rare device', question: 'How rare is such a device here?' },
  rootApps: { title: 'Root apps', question: 'Are tools for root access installed?' },
  emulator: { title: 'Emulator', question: 'Is the phone an emulator?' },
  clonedApp: { title: 'Cloned app', question: 'Is the app a clone?' },
  factoryReset: { title: 'Factory reset', question: 'When was the phone reset?' },
  jailbroken: { title: 'Jailbroken', question: 'Is the phone jailbroken?' },
  frida: { title: 'Frida', question: 'Is the app being instrumented?' },
  locationSpoofing: { title: 'Location spoofing', question: 'Is the location made up?' },
  mitmAttack: { title: 'Man in the middle', question: 'Is the app’s traffic being intercepted?' },
  proximity: { title: 'Proximity', question: 'Which devices are near one another?' },
};
