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

/** Puts readers together; where several read the same, the last does. */
export const joinReaders = (...several: readonly Readers[]): Readers => Object.assign({}, ...several) as Readers;
