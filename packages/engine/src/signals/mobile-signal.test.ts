import { readFileSync } from 'node:fs';
import { mobileSectionNames, mobileSections, type SignalName, type SignalState } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { appFacts, mobileDevices } from '../testing/mobile-devices.ts';

const guide = readFileSync(new URL('../../../../docs/mobile.md', import.meta.url), 'utf8');

type DeviceName = keyof typeof mobileDevices;
const devices = Object.keys(mobileDevices) as DeviceName[];

const verdicts = [
  'rootApps',
  'emulator',
  'clonedApp',
  'jailbroken',
  'frida',
  'locationSpoofing',
  'mitmAttack',
] as const satisfies SignalName[];

type Verdict = (typeof verdicts)[number];

/** Verdicts that one platform alone can have. */
const platformOf: Partial<Record<Verdict, 'android' | 'ios'>> = {
  rootApps: 'android',
  clonedApp: 'android',
  jailbroken: 'ios',
};

/** What each device is found to be; it is nothing else. */
const found: Partial<Record<DeviceName, Verdict[]>> = {
  'Android of a work profile': ['clonedApp'],
  'Android with the maker’s doubled app': ['clonedApp'],
  'Android with the app in a container': ['clonedApp'],
  'Android with the app signed by others': ['clonedApp'],
  'rooted Android': ['rootApps'],
  'rooted Android that hides the app for root': ['rootApps'],
  'emulator of Android Studio': ['emulator'],
  'emulator named like a telephone': ['emulator'],
  'Android under Frida': ['frida'],
  'Android with a made-up place': ['locationSpoofing'],
  'Android whose traffic is read': ['mitmAttack'],
  'jailbroken iOS': ['jailbroken'],
  'iOS under Frida': ['frida'],
  'iOS with a made-up place': ['locationSpoofing'],
  'simulator of iOS': ['emulator'],
};

const unknown: Partial<Record<DeviceName, Verdict[]>> = { 'simulator of iOS': ['jailbroken'] };

const table = devices.flatMap((device) =>
  verdicts.map((name): [DeviceName, Verdict, SignalState] => [
    device,
    name,
    found[device]?.includes(name) ? 'detected' : unknown[device]?.includes(name) ? 'unknown' : 'clear',
  ]),
);

describe('signals of mobile devices', () => {
  it('are tried on devices of the form that clients send', () => {
    for (const device of devices) {
      const { platform, sections } = mobileDevices[device];
      for (const name of mobileSectionNames.filter((each) => each in sections)) {
        expect(Compile(mobileSections[name].schema).Errors(sections[name]), device).toEqual([]);
        expect(mobileSections[name].platforms, `${device}: ${name}`).toContain(platform);
      }
    }
  });

  it.each(table)('%s, %s: %s', (device, name, state) => {
    const signal = judge(appFacts(mobileDevices[device])).signals[name];
    expect(signal.state).toBe(state);
  });

  it.each(devices)('believe what %s reports only so far, and say why', (device) => {
    const facts = appFacts(mobileDevices[device]);
    const { signals } = judge(facts);
    for (const name of verdicts) {
      const { state, confidence, evidence } = signals[name];
      const platform = platformOf[name] ?? facts.platform;
      if (platform !== facts.platform) {
        expect(signals[name]).toMatchObject({ state: 'clear', confidence: 1 });
      } else if (state !== 'unknown') {
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(state === 'detected' ? 0.9 : 0.5);
        expect(evidence.at(-1)?.fact).toBe('app is not attested: what it reports can be forged');
        expect(evidence.every(({ from }) => from === 'app')).toBe(true);
      }
    }
  });

  it('take a token for no proof', () => {
    const device = mobileDevices['plain Android'];
    const { signals } = judge(appFacts(device, { attest: { kind: 'playIntegrity', token: 'eyJ' } }));
    expect(signals.rootApps.confidence).toBe(0.5);
    expect(signals.rootApps.evidence.at(-1)?.value).toBe('playIntegrity');
    expect(JSON.stringify(signals)).not.toContain('eyJ');
  });

  it.each(mobileSectionNames)('are judged without the section %s', (section) => {
    for (const device of devices) {
      const { failures } = judge(appFacts(mobileDevices[device], { [section]: undefined }));
      expect(failures).toEqual([]);
    }
  });

  it.each(mobileSectionNames)('have the section %s described in docs/mobile.md, with its platforms', (name) => {
    const platforms = mobileSections[name].platforms.map((each) => ({ android: 'Android', ios: 'iOS' })[each]);
    expect(guide).toContain(`| \`${name}\` | ${platforms.join(', ')} |`);
  });

  it('say which section failed on the device', () => {
    const facts = appFacts(mobileDevices['plain Android']);
    const error = { name: 'InvalidValue', message: 'the value does not have the form of this source' };
    const { signals } = judge({ ...facts, components: { ...facts.components, root: { error, duration: 1 } } });
    expect(signals.rootApps).toMatchObject({
      state: 'unknown',
      confidence: 0,
      evidence: [{ fact: 'app’s section root failed', value: 'InvalidValue' }],
    });
  });

  it.each([
    ['valid', 'report arrived as it was written, by somebody with the app’s signing key'],
    ['wrong', 'report was changed on the way, or signed with another key than the app’s'],
  ] as const)('say that a signature is %s, and judge alike', (reportSignature, fact) => {
    const facts = appFacts(mobileDevices['rooted Android']);
    const [unsigned, signed] = [judge(facts).signals, judge({ ...facts, reportSignature }).signals];
    for (const name of [...verdicts, 'factoryReset', 'developerTools'] as const) {
      expect(signed[name].state).toBe(unsigned[name].state);
      if ((platformOf[name as Verdict] ?? 'android') !== 'android') continue;
      const said = signed[name].evidence.find(({ from }) => from === 'signature');
      expect(said, name).toMatchObject({ fact, value: reportSignature, weight: 0 });
      expect(unsigned[name].evidence.some(({ from }) => from === 'signature')).toBe(false);
    }
  });

  it('take nothing from a browser that sends sections', () => {
    const { signals } = judge({ ...appFacts(mobileDevices['rooted Android']), platform: 'js' });
    expect(signals.rootApps).toMatchObject({ state: 'clear', confidence: 1 });
  });
});
