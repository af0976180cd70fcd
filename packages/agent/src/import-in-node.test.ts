import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const directory = new URL('.', import.meta.url);

const modules = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'))
  .sort();

/** What Node has of a browser, so that a module which looks for one at import finds none. */
const BROWSER_GLOBALS = ['window', 'document', 'localStorage', 'indexedDB', 'Worker'];

describe('importing the agent in bare Node', () => {
  it('finds modules to import', () => expect(modules.length).toBeGreaterThan(40));

  it.each(BROWSER_GLOBALS)('happens without %s', (name) => expect(Reflect.get(globalThis, name)).toBeUndefined());

  it.each(modules)('%s runs nothing', async (file) => {
    const before = Object.getOwnPropertyNames(globalThis);
    await import(new URL(file, directory).href);
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
  });
});
