import type { JsonObject } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { randomText } from '../storage/testing/sample-event.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { browserV4 } from './testing/hosted-events.ts';
import { exported, useImport } from './testing/use-import.ts';

const { importText, stored } = useImport();

describe('what of an event is not understood', () => {
  it.each<[string, JsonObject, RegExp[], object]>([
    [
      'a kind of bot',
      { bot_info: { ...(browserV4.bot_info as JsonObject), category: 'zork' } },
      [/bot_info\.category is "zork", which is not known here/],
      { botd: { data: { result: 'good', info: { category: 'unknown', name: 'ExampleBot' } } } },
    ],
    [
      'how sure a bot is known',
      { bot_info: { ...(browserV4.bot_info as JsonObject), confidence: 'zork' } },
      [/bot_info\.confidence is "zork"/],
      { botd: { state: 'detected', data: expect.not.objectContaining({ info: expect.anything() }) } },
    ],
    ['a verdict on bots', { bot: 'zork' }, [/bot is "zork"/], { botd: { state: 'unknown' } }],
    [
      'a kind of proxy',
      { proxy_details: { proxy_type: 'zork' } },
      [/proxy_details\.proxy_type is "zork"/],
      { proxy: { state: 'detected', data: { details: { proxyType: 'unknown' } } } },
    ],
    [
      'a bucket',
      { rare_device: true, rare_device_percentile_bucket: 'zz' },
      [/rare_device_percentile_bucket is "zz"/],
      { rareDevice: { state: 'detected', data: expect.not.objectContaining({ percentileBucket: expect.anything() }) } },
    ],
    [
      'a confidence',
      { vpn: true, vpn_confidence: 'weird' },
      [/vpn_confidence is "weird"/],
      { vpn: { state: 'unknown' } },
    ],
    [
      'a platform',
      { sdk: { platform: 'toaster', version: '1' } },
      [/sdk\.platform is "toaster"/],
      { vpn: { state: 'clear' } },
    ],
    [
      'what is no address',
      { ip_info: { v4: { address: 'junk' } } },
      [/v4 is not one/],
      { ipInfo: { state: 'unknown' } },
    ],
    [
      'an address of the other version',
      { ip_info: { v4: { address: '::1' } } },
      [/v4 is not one/],
      { ipInfo: { state: 'unknown' } },
    ],
    [
      'a country with a zero byte',
      { ip_info: { v4: { address: '192.0.2.1', geolocation: { country_code: 'A\0' } } } },
      [/country/],
      { ipInfo: { state: 'unknown' } },
    ],
    [
      'an asn with a zero byte',
      { ip_info: { v4: { address: '192.0.2.1', asn: '1\0' } } },
      [/asn/],
      { ipInfo: { state: 'unknown' } },
    ],
    [
      'counts below zero',
      { velocity: { events: { '5_minutes': -1, '1_hour': 1 } } },
      [/velocity\.events\.5_minutes is not a count/],
      { velocity: { state: 'unknown' } },
    ],
    [
      'counts that no number holds',
      { velocity: { events: { '5_minutes': 1, '1_hour': 1e300 } } },
      [/1_hour is not a count/],
      { velocity: { state: 'unknown' } },
    ],
    [
      'a radius that no zone has',
      { proximity: { id: 'a', precision_radius: 11, confidence: 1 } },
      [/11 is no radius/],
      { proximity: { state: 'unknown' } },
    ],
    ['a score without end', { suspect_score: 1e308 }, [/suspect_score is not a count/], {}],
    ['a score beyond the database', { suspect_score: 3e9 }, [/suspectScore is more than/], {}],
    [
      'a reset that no calendar has',
      { factory_reset_timestamp: 1e15 },
      [/factory_reset_timestamp is not a time/],
      { factoryReset: { state: 'unknown' } },
    ],
    [
      'a share above one',
      { tampering: true, tampering_details: { anomaly_score: 7 } },
      [/tampering\.data\.anomalyScore/],
      { tampering: { state: 'unknown' } },
    ],
    ['a wrong type', { incognito: 'yes' }, [/incognito is not true or false/], { incognito: { state: 'unknown' } }],
    ['a list of attributes', { raw_device_attributes: [] }, [/raw_device_attributes is not an object/], {}],
  ])('takes an event without %s that is not known, and says so', async (_, change, notes, signals) => {
    const id = `1708102555500.${randomText(6)}`;
    const outcome = await importText(JSON.stringify({ ...browserV4, ...change, event_id: id }));
    expect(outcome).toMatchObject({ imported: 1, faulty: 0, noted: 1 });
    expect(outcome.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
    const event = await stored(id);
    expect(event.signals).toMatchObject(signals);
    // All else is there.
    expect(event.signals.virtualMachine.state).toBe('detected');
  });

  it.each<[string, Record<string, JsonObject>, RegExp, object]>([
    ['vpn', { vpn: { result: true, confidence: 'weird' } }, /vpn\.data\.confidence is "weird"/, { state: 'unknown' }],
    ['vpn', { vpn: 7 as unknown as JsonObject }, /products\.vpn\.data is not an object/, { state: 'unknown' }],
    [
      'proxy',
      { proxy: { result: true, confidence: 'high', details: { proxyType: 'zork' } } },
      /proxyType is "zork"/,
      { state: 'detected', data: { details: { proxyType: 'unknown' } } },
    ],
    ['botd', { botd: { bot: { result: 'zork' } } }, /bot\.result is "zork"/, { state: 'unknown' }],
    [
      'ipInfo',
      { ipInfo: { v4: { address: 'junk', geolocation: {} } } },
      /the text of the address in v4 is not one/,
      { state: 'unknown' },
    ],
    [
      'velocity',
      { velocity: { events: { intervals: { '5m': -1, '1h': 1e300 } } } },
      /intervals\.5m is not a count/,
      { state: 'unknown' },
    ],
    [
      'factoryReset',
      { factoryReset: { timestamp: 1e17 } },
      /factoryReset\.data\.timestamp is not a time/,
      { state: 'unknown' },
    ],
    ['rareDevice', { rareDevice: { result: true, percentileBucket: 'zz' } }, /is "zz"/, { state: 'detected' }],
  ])('takes a v3 event without what is not known of %s, and says so', async (name, change, note, signal) => {
    const view = structuredClone(v3EventView(exported())) as unknown as {
      products: Record<string, { data: JsonObject }>;
    };
    for (const [product, data] of Object.entries(change)) view.products[product] = { data };
    const outcome = await importText(JSON.stringify(view));
    expect(outcome).toMatchObject({ imported: 1, faulty: 0, noted: 1, notes: [expect.stringMatching(note)] });
    const { signals } = await stored(String(view.products.identification?.data.requestId));
    expect(signals).toMatchObject({ [name]: signal });
  });
});
