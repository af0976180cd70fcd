import type { MobileSection, MobileSectionName, SourceName, SourceValue } from '@whorl/contract';

/** Reads something of the device. Undefined where it has no such thing; a throw or rejection becomes the reading's error. */
export type Reader<T> = () => T | undefined | Promise<T | undefined>;

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

/** Reads the same by both. One that fails or has nothing leaves it to the other; only both together fail. */
const both =
  (first: AnyReader, second: AnyReader): AnyReader =>
  async () => {
    const run = async (read: AnyReader) => read();
    const [one, two] = await Promise.allSettled([run(first), run(second)]);
    if (one.status === 'rejected' && two.status === 'rejected') throw two.reason;
    const values = [one, two].flatMap((each) =>
      each.status === 'fulfilled' && each.value !== undefined ? [each.value] : [],
    );
    return values.every(isRecord) && values.length > 0 ? Object.assign({}, ...values) : values.at(-1);
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
