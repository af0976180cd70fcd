import { type MobileSectionName, mobileSectionNames, mobileSections } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { expect } from 'vitest';
import type { Reader, Readers } from '../readers.ts';

/** What readers read, each section held against its schema and its platforms. */
export const sectionsRead = async (
  readers: Readers,
  platform: 'android' | 'ios',
): Promise<{ [N in MobileSectionName]?: unknown }> => {
  const read: { [N in MobileSectionName]?: unknown } = {};
  for (const name of mobileSectionNames) {
    const value = await (readers[name] as Reader<unknown> | undefined)?.();
    if (value === undefined) continue;
    const { schema, platforms } = mobileSections[name];
    expect(Compile(schema).Errors(value), name).toEqual([]);
    expect(platforms, name).toContain(platform);
    // As the wire carries it: a field that is undefined is none.
    read[name] = JSON.parse(JSON.stringify(value));
  }
  return read;
};
