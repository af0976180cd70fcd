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
