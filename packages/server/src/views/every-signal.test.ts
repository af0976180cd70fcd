import {
  type Event,
  type SignalName,
  type Signals,
  signalNames,
  V3Event,
  V4Event,
  v3Document,
  v4Document,
} from '@whorl/contract';
import { type Facts, judge } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { arbitraryFacts, chanceOf } from '../../../engine/src/testing/arbitrary-facts.ts';
import { sampleEvent } from '../storage/testing/sample-event.ts';
import { v3EventView } from './v3/event-view.ts';
import { v4EventView } from './v4/event-view.ts';

/** Every name of a field that a document describes, wherever it stands. */
const fieldsOf = (node: unknown, found = new Set<string>()): Set<string> => {
  if (typeof node !== 'object' || node === null) return found;
  for (const [name, part] of Object.entries(node)) {
    if (name === 'properties' && typeof part === 'object' && part !== null) {
      for (const field of Object.keys(part)) found.add(field);
    }
    fieldsOf(part, found);
  }
  return found;
};

const versions = {
  v3: {
    view: (event: Event): object => v3EventView(event).products,
    form: Compile(V3Event),
    whole: (view: object): unknown => ({ products: view }),
    documented: fieldsOf(v3Document()),
  },
  v4: {
    view: (event: Event): object => v4EventView(event, { hidden: new Set() }),
    form: Compile(V4Event),
    whole: (view: object): unknown => view,
    documented: fieldsOf(v4Document()),
  },
} as const;

type Judged = { platform: Facts['platform']; signals: Signals };

const judged: Judged[] = Array.from({ length: 2_000 }, (_, seed) => {
  const facts = arbitraryFacts(chanceOf(seed));
  return { platform: facts.platform, signals: judge(facts).signals };
});

/** One event for all: nothing but the signal may differ from view to view. */
const event = sampleEvent();

/** The event, of that platform, with this one signal as it was judged. */
const eventWith = ({ platform, signals }: Judged, name: SignalName): Event => ({
  ...event,
  sdk: { platform, version: '1.0' },
  signals: { ...event.signals, [name]: signals[name] },
});

/** The fields of a view that were not the same in all of a platform's events. */
const varying = (views: readonly Record<string, unknown>[]): string[] => {
  const names = new Set(views.flatMap((view) => Object.keys(view)));
  return [...names].filter((name) => new Set(views.map((view) => JSON.stringify(view[name]))).size > 1);
};

describe.each(['v3', 'v4'] as const)('every signal in %s', (version) => {
  const { view, form, whole, documented } = versions[version];

  it.each(signalNames)('%s is seen, as the document has it', (name) => {
    const seen = new Set<string>();
    for (const platform of ['js', 'android', 'ios'] as const) {
      const views = judged
        .filter((each) => each.platform === platform)
        .map((each) => view(eventWith(each, name)) as Record<string, unknown>);
      for (const each of views) expect(form.Errors(whole(each))).toEqual([]);
      for (const field of varying(views)) seen.add(field);
    }
    expect(seen.size).toBeGreaterThan(0);
    for (const field of seen) expect(documented, field).toContain(field);
  });
});
