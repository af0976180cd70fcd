import type { Evidence, Json, Signal } from '@whorl/contract';

const FROM = 'import';

/** What an imported verdict rests on: the word of whoever judged. */
export const importedEvidence = (fact: string, value: Json): Evidence[] => [{ fact, value, weight: 0, from: FROM }];

/**
 * A verdict that another service has given. Its confidence was not exported; 1 says that the verdict is copied as it was.
 * Undefined where there is no verdict.
 */
export const importedVerdict = <T>(result: boolean | undefined, data: T): Signal<T> | undefined =>
  result === undefined
    ? undefined
    : {
        state: result ? 'detected' : 'clear',
        confidence: 1,
        data,
        evidence: importedEvidence('verdict of the exported event', result),
      };

/** A product that the exported event does not have. */
export const notExported = <T>(data: T): Signal<T> => ({
  state: 'unknown',
  confidence: 0,
  data,
  evidence: importedEvidence('not part of the exported event', null),
});

/** The entries that are not undefined. */
export const present = <T extends object>(entries: { [K in keyof T]?: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<T>;
