import type { Report } from '../readers.ts';

/** How each field of a section is read. Undefined is what a module has no answer to, or one of the wrong type. */
export type FieldReads<T extends object> = {
  [K in keyof T]-?: () => T[K] | undefined | Promise<T[K] | undefined>;
};

/**
 * Reads each field by itself and side by side: a call that throws, rejects or is missing from the module leaves out its own
 * field alone, and one that hangs does not keep back the others, which `report` is told as they come.
 *
 * @throws what the first call failed with, where no field came and one failed: then nothing was seen, which is not the same
 * as nothing to see
 */
export const readFields = async <T extends object>(
  reads: Partial<FieldReads<T>>,
  report: Report<T> | undefined,
): Promise<T> => {
  const known: Record<string, unknown> = {};
  const failures: unknown[] = [];
  const readField = async ([name, read]: [string, () => unknown]): Promise<void> => {
    try {
      const value = await read();
      if (value === undefined) return;
      known[name] = value;
    } catch (failure) {
      failures.push(failure);
      return;
    }
    // The casts restore what `Object.entries` loses: each name has the value that its own read gave.
    report?.({ ...known } as T);
  };
  await Promise.all((Object.entries(reads) as [string, () => unknown][]).map(readField));
  if (Object.keys(known).length === 0 && failures.length > 0) throw failures[0];
  return known as T;
};
