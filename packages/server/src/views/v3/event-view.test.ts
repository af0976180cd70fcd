import { type Feature, featureNames, signalNames, V3Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../storage/testing/sample-event.ts';
import { v3EventView } from './event-view.ts';

const schema = Compile(V3Event);
const event = sampleEvent({ linkedId: 'order 7', tag: { a: 1 } });

/** An event of which everything was found. */
const found = {
  ...event,
  signals: {
    ...event.signals,
    incognito: { ...event.signals.incognito, state: 'detected' },
    replayed: { ...event.signals.replayed, state: 'detected' },
    rareDevice: { ...event.signals.rareDevice, state: 'detected', data: { percentileBucket: 'not_seen' } },
    proximity: { ...event.signals.proximity, data: { id: 'w1aTfd4MCvl', precisionRadius: 10, confidence: 0.9 } },
  },
} as const satisfies typeof event;

/** An event of which nothing could be judged. */
const broken = {
  ...found,
  signals: Object.fromEntries(
    signalNames.map((name) => [name, { ...event.signals[name], state: 'unknown', failed: true }]),
  ) as typeof event.signals,
  suspectScore: { ...event.suspectScore, state: 'unknown', failed: true },
} as const satisfies typeof event;

describe('v3EventView', () => {
  it.each([
    ['a usual event', event],
    ['an event with everything', found],
  ])('has the form of its schema: %s', (_, shown) => {
    const view = v3EventView(shown);
    expect(schema.Check(view), JSON.stringify(schema.Errors(view)[0])).toBe(true);
  });

  it.each(featureNames)('leaves out %s when it is hidden, and keeps its form', (feature) => {
    const view = v3EventView(found, { hidden: new Set([feature]) });
    expect(view.products).not.toHaveProperty(feature);
    expect(schema.Check(view), JSON.stringify(schema.Errors(view)[0])).toBe(true);
    const whole = Object.keys(v3EventView(found).products);
    expect(Object.keys(view.products)).toEqual(whole.filter((name) => name !== feature));
  });

  it('shows an error for what failed, beside the others', () => {
    const failure = { error: { code: 'Failed', message: 'internal server error' } };
    const vpn = { ...found.signals.vpn, state: 'unknown', failed: true } as const;
    const view = v3EventView({ ...found, signals: { ...found.signals, vpn } });
    expect(view.products).toEqual({ ...v3EventView(found).products, vpn: failure });
    expect(schema.Check(view)).toBe(true);
    const { identification, rawDeviceAttributes, ...judged } = v3EventView(broken).products;
    expect(identification?.data).toMatchObject({ incognito: false, replayed: false });
    expect(rawDeviceAttributes?.data).toBeDefined();
    expect(Object.keys(judged).sort()).toEqual(
      [...signalNames.filter((name) => name !== 'replayed'), 'suspectScore'].sort(),
    );
    for (const product of Object.values(judged)) expect(product).toEqual(failure);
    expect(schema.Check(v3EventView(broken))).toBe(true);
  });

  it('has Android’s emulators alone in emulator, as is published', () => {
    const emulator = { ...event.signals.emulator, state: 'detected' as const };
    const shown = (platform: 'js' | 'android' | 'ios') => {
      const emulated = { ...event, sdk: { ...event.sdk, platform }, signals: { ...event.signals, emulator } };
      return v3EventView(emulated).products.emulator;
    };
    expect(shown('android')).toEqual({ data: { result: true } });
    expect(shown('ios')).toEqual({ data: { result: false } });
  });

  it('shows no error for what is hidden', () => {
    const { products } = v3EventView(broken, { hidden: new Set<Feature>(['vpn', 'rareDevice']) });
    expect(products).not.toHaveProperty('vpn');
    expect(products).not.toHaveProperty('rareDevice');
  });

  it('tells nothing of what is hidden within the identification either', () => {
    const seen = v3EventView(found).products.identification?.data;
    expect(seen).toMatchObject({ incognito: true, replayed: true });
    expect(seen).toHaveProperty('ipLocation');
    const hidden = new Set<Feature>(['incognito', 'replayed', 'ipInfo']);
    const shown = v3EventView(found, { hidden }).products.identification?.data;
    expect(shown).toMatchObject({ incognito: false, replayed: false });
    expect(shown).not.toHaveProperty('ipLocation');
  });

  it('shows nothing but the identification when all is hidden', () => {
    expect(Object.keys(v3EventView(found, { hidden: new Set(featureNames) }).products)).toEqual(['identification']);
    expect(featureNames).toEqual(expect.arrayContaining(signalNames));
  });
});
