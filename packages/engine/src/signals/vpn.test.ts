import { describe, expect, it } from 'vitest';
import type { Facts, ListFacts, NetworkFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, datacenterNetwork, factsOf, homeNetwork, NOON, privateNetwork } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices } from '../testing/mobile-devices.ts';
import { firefoxResisting, safariPad } from '../testing/other-browsers.ts';

const inGermany: NetworkFacts = { ...homeNetwork, countryOffsets: [60] };
const visit = factsOf(chromiumLinux);
const from = (network: NetworkFacts) => ({ ...visit, network });
const says = (listed: boolean) => ({ source: { name: 'list', builtAt: NOON }, listed });
const withLists = (lists: ListFacts) => from({ ...homeNetwork, lists });
const bothSilent = { relay: says(false), publicVpn: says(false) };
const app = (vpn: boolean, lists?: ListFacts) => ({
  ...appFacts(mobileDevices['plain Android'], { net: { vpn } }),
  network: { ...homeNetwork, ...(lists === undefined ? {} : { lists }) },
});

describeSignal('vpn', {
  fires: {
    'a New York clock behind a German address': from(inGermany),
    'a New York clock behind a German datacenter': from(datacenterNetwork),
    'an address on the relay list': withLists({ relay: says(true) }),
    'an address on the VPN list': withLists({ publicVpn: says(true) }),
    'an address in a VPN service’s own network, by an old table': withLists({
      publicVpn: { source: { name: 'table', builtAt: 0 }, listed: true, lasting: true },
    }),
    'a connection of another system than the browser’s': { ...visit, tcpSystem: 'Windows' },
    'an app whose device says so': app(true),
    'an app whose device says so, on no list': app(true, bothSilent),
  },
  quiet: {
    'a fitting clock and an address on no list': withLists(bothSilent),
    'an app whose device denies it, on no list': app(false, bothSilent),
  },
  lacks: {
    'a fitting clock without lists': visit,
    'a connection of the browser’s system without lists': { ...visit, tcpSystem: 'Linux' },
    'an app whose device denies it, without lists': app(false),
    'a browser that sends an app’s section': { ...app(true), platform: 'js' },
    'a private address': from(privateNetwork),
    'a clock that was not read': factsOf(changed(chromiumLinux, { timezoneOffset: undefined }), { network: inGermany }),
    'a browser that hides its timezone': factsOf(firefoxResisting, { network: inGermany }),
    'lists that are too old': withLists({
      relay: { source: { name: 'list', builtAt: 0 }, listed: true },
      publicVpn: says(false),
    }),
  },
});

describe('judgeVpn', () => {
  it('grades its confidence by list, datacenter and clock', () => {
    const level = (network: NetworkFacts) => judged('vpn', from(network)).data.confidence;
    expect(level({ ...inGermany, lists: { relay: says(true) } })).toBe('high');
    expect(level(datacenterNetwork)).toBe('medium');
    expect(level(inGermany)).toBe('low');
  });

  it('takes an app’s device for a low hint, which lists outweigh', () => {
    expect(judged('vpn', app(true)).data).toMatchObject({ confidence: 'low', methods: { auxiliaryMobile: true } });
    expect(judged('vpn', app(true, { relay: says(true) })).data.confidence).toBe('high');
    expect(judged('vpn', { ...app(true), network: datacenterNetwork }).data.confidence).toBe('medium');
    expect(judged('vpn', app(false)).data.methods.auxiliaryMobile).toBe(false);
  });

  it('takes offsets as minutes east of UTC, where the browser counts west', () => {
    const kolkata = changed(chromiumLinux, { timezoneOffset: { now: -330, january: -330, july: -330 } });
    const mismatch = (countryOffsets: number[]) =>
      judged('vpn', factsOf(kolkata, { network: { ...homeNetwork, countryOffsets } })).data.methods.timezoneMismatch;
    expect(mismatch([330])).toBe(false);
    expect(mismatch([-330])).toBe(true);
  });

  it('fits UTC, whose offset is minus zero when turned round', () => {
    const utc = changed(chromiumLinux, { timezoneOffset: { now: 0, january: 0, july: 0 } });
    const facts = factsOf(utc, { network: { ...homeNetwork, countryOffsets: [0] } });
    expect(judged('vpn', facts).data.methods.timezoneMismatch).toBe(false);
  });

  it('holds the system of the connection against the browser’s', () => {
    const os = (facts: Facts) => judged('vpn', facts).data.methods.osMismatch;
    const mac = {
      'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0',
    };
    expect(os(visit)).toBe(false);
    expect(os({ ...visit, tcpSystem: 'Apple' })).toBe(true);
    expect(os({ ...visit, tcpSystem: 'Linux' })).toBe(false);
    expect(os({ ...factsOf(safariPad), tcpSystem: 'Apple' })).toBe(false);
    // Tor Browser and older resistFingerprinting say one system in the header and another in the page.
    expect(os({ ...factsOf(firefoxResisting, { headers: mac }), tcpSystem: 'Linux' })).toBe(false);
    expect(os({ ...factsOf(firefoxResisting, { headers: mac }), tcpSystem: 'Apple' })).toBe(false);
    expect(os({ ...visit, headers: { 'user-agent': 'Mozilla/5.0 (Tizen)' }, tcpSystem: 'Apple' })).toBe(false);
    expect(judged('vpn', { ...visit, tcpSystem: 'Apple' }).data.confidence).toBe('low');
  });
  it.each(['UTC', 'Etc/UTC', 'GMT'])(
    'does not judge by a machine that is set to %s, and by a person’s zone it does',
    (zone) => {
      const facts = (timezone: string) =>
        factsOf(changed(chromiumLinux, { timezone, timezoneOffset: { now: 0, january: 0, july: 0 } }), {
          network: inGermany,
        });
      expect(judged('vpn', facts(zone))).toMatchObject({
        state: 'unknown',
        data: { methods: { timezoneMismatch: false } },
      });
      expect(judged('vpn', facts('Africa/Abidjan')).data.methods.timezoneMismatch).toBe(true);
    },
  );

  it('names the timezone it went by and no country that it does not know', () => {
    expect(judged('vpn', visit).data).toMatchObject({ originTimezone: 'America/New_York', originCountry: 'unknown' });
  });
});
