import type { SourceName } from '@whorl/contract';
import { componentText, componentTexts } from './component-text.ts';
import type { Answer, Matcher, SeenVisit } from './matcher.ts';
import { textSimilarity } from './text-similarity.ts';

/**
 * The eight measurements of Panopticlick, in our sources. Languages stand for the HTTP Accept headers, the storages for
 * "supercookies". Where one that is compared as text changes, the texts must be alike.
 */
const measurements: readonly { sources: readonly SourceName[]; asText: boolean }[] = [
  { sources: ['userAgent'], asText: true },
  { sources: ['languages'], asText: true },
  { sources: ['cookiesEnabled'], asText: false },
  { sources: ['screenResolution', 'colorDepth'], asText: false },
  { sources: ['timezone'], asText: false },
  { sources: ['plugins'], asText: true },
  { sources: ['fonts'], asText: true },
  { sources: ['localStorage', 'sessionStorage', 'openDatabase'], asText: false },
];

/** How alike a user agent, headers, plug-ins or fonts must be to be a change of the same. */
const ALIKE = 0.85;

/** More than one visitor differs in that one measurement. */
const SEVERAL = -1;

type Candidate = { id: number; value: string };

const numberOf = (texts: Map<string, number>, text: string): number => {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, texts.size);
  return texts.size - 1;
};

/**
 * The heuristic of Eckersley's "How Unique Is Your Web Browser?" (2010), algorithm 1: a known fingerprint, else the one
 * visitor that differs in a single measurement, provided the two are alike. For each measurement there is an index of
 * fingerprints without it. He tried it only where Flash or Java told fonts; here everybody tells them.
 */
export class EckersleyMatcher implements Matcher {
  readonly #exact = new Map<string, number>();
  readonly #without = measurements.map(() => new Map<string, Candidate>());
  readonly #numbers = measurements.map(() => new Map<string, number>());
  #next = 0;

  answer({ components }: SeenVisit, token?: number): Answer {
    const values = measurements.map(({ sources: [only, ...more] }) =>
      only !== undefined && more.length === 0
        ? componentText(components, only)
        : componentTexts(components, only === undefined ? more : [only, ...more]),
    );
    const places = values.map((value, at) => numberOf(this.#numbers[at] ?? new Map(), value));
    const exact = places.join('.');
    const known = token ?? this.#exact.get(exact) ?? this.#changed(values, places);
    const id = known ?? this.#next++;
    if (!this.#exact.has(exact)) {
      this.#exact.set(exact, id);
      this.#file(id, values, places);
    }
    return { id, found: known !== undefined };
  }

  #changed(values: readonly string[], places: readonly number[]): number | undefined {
    let found: { id: number; like: boolean } | undefined;
    for (const [at, { asText }] of measurements.entries()) {
      const candidate = this.#without[at]?.get(keyWithout(places, at));
      if (candidate === undefined) continue;
      if (candidate.id === SEVERAL || (found !== undefined && found.id !== candidate.id)) return undefined;
      const like = !asText || textSimilarity(candidate.value, values[at] ?? '') >= ALIKE;
      found = { id: candidate.id, like };
    }
    return found?.like === true ? found.id : undefined;
  }

  #file(id: number, values: readonly string[], places: readonly number[]): void {
    for (const [at, index] of this.#without.entries()) {
      const key = keyWithout(places, at);
      const before = index.get(key);
      const isOther = before !== undefined && before.id !== id;
      index.set(key, { id: isOther ? SEVERAL : id, value: values[at] ?? '' });
    }
  }
}

const keyWithout = (places: readonly number[], at: number): string =>
  places.map((place, which) => (which === at ? '' : place)).join('.');
