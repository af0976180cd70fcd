import type { MobileSection, MobileSectionName, SourceName, SourceValue } from '@whorl/contract';

/** Tells what is known of a reading that has not ended, each time more of it. What was told last counts if it never ends. */
export type Report<T> = (soFar: T) => void;

/**
 * Reads something of the device. Undefined where it has no such thing; a throw or rejection becomes the reading's error. A
 * reader that asks several modules should `report` what has come: it is sent where the rest takes too long.
 */
export type Reader<T> = (report?: Report<T>) => T | undefined | Promise<T | undefined>;

/**
 * What an app reads of its device: sections by their names, and those sources of browsers that a device has too, such as
 * `timezone`. Forms and bounds: `mobile-sections.ts` and `sources.ts` of the contract.
 */
export type Readers = { [N in MobileSectionName]?: Reader<MobileSection<N>> | undefined } & {
  [N in SourceName]?: Reader<SourceValue<N>> | undefined;
};

type AnyReader = Reader<unknown>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Facts side by side; of anything else than facts, the last one's. */
const merged = (values: readonly unknown[]): unknown => {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 && known.every(isRecord) ? Object.assign({}, ...known) : known.at(-1);
};

/** Reads the same by both. One that fails, hangs or has nothing leaves it to the other; only both together fail. */
const both =
  (first: AnyReader, second: AnyReader): AnyReader =>
  async (report) => {
    const values: unknown[] = [undefined, undefined];
    const run = async (read: AnyReader, at: number) => {
      const keep = (value: unknown): void => {
        values[at] = value;
        const known = merged(values);
        if (known !== undefined) report?.(known);
      };
      keep(await read(keep));
    };
    const [one, two] = await Promise.allSettled([run(first, 0), run(second, 1)]);
    if (one.status === 'rejected' && two.status === 'rejected') throw two.reason;
    return merged(values);
  };

/**
 * Puts readers together. Where several read the same section, their facts stand side by side, and of the same fact the last
 * one's counts: so an app adds its own facts to those of an adapter.
 */
export const joinReaders = (...several: readonly Readers[]): Readers => {
  const joined: Record<string, AnyReader> = {};
  for (const readers of several) {
    for (const [name, read] of Object.entries(readers) as [string, AnyReader | undefined][]) {
      const before = joined[name];
      if (read !== undefined) joined[name] = before === undefined ? read : both(before, read);
    }
  }
  return joined as Readers;
};
