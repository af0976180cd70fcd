import { readdirSync, readFileSync } from 'node:fs';
import { sources as upstream } from '@fingerprintjs/fingerprintjs';
import { sourceNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { registry } from './registry.ts';

const root = new URL('../../../../', import.meta.url);
const registryText = readFileSync(new URL('registry.ts', import.meta.url), 'utf8');
const guide = readFileSync(new URL('docs/agent.md', root), 'utf8');

const kebab = (name: string) => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Files that hold a source: helpers export nothing that is named like their file in the registry. */
const ownFiles = ['.', '../contexts'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => file.replace('.ts', '')),
);

describe('the registry of sources', () => {
  it('holds every name of the contract and no other', () => {
    expect(Object.keys(registry).sort()).toEqual([...sourceNames].sort());
  });

  it.each(sourceNames)('%s is entered once, by its own file or by FingerprintJS', (name) => {
    const entries = registryText.match(new RegExp(`^  ${name}(?:,$|: fingerprintjs\\()`, 'gm')) ?? [];
    expect(entries).toHaveLength(1);
    const hasFile = ownFiles.includes(kebab(name));
    const isUpstream = entries[0]?.includes('fingerprintjs(') === true;
    expect(isUpstream).toBe(!hasFile);
    if (isUpstream) expect(Object.keys(upstream)).toContain(name);
  });

  it('leaves none of the upstream sources out', () => {
    expect(Object.keys(registry)).toEqual(expect.arrayContaining(Object.keys(upstream)));
  });

  it.each(sourceNames)('%s is described in docs/agent.md', (name) => {
    expect(guide.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`))).toHaveLength(1);
  });
});
