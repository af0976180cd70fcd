import type { EnvironmentAnswer } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, whorlFed, json } = useCommand();

describe('whorl environment', () => {
  it('creates, lists and changes environments', async () => {
    await whorl('workspace', 'create', 'shop');
    const made = await json<EnvironmentAnswer>(
      'environment',
      'create',
      'staging',
      '--origins',
      'https://shop.example/',
    );
    expect(made).toMatchObject({ name: 'staging', allowedOrigins: ['https://shop.example'], hasSealingKey: false });
    expect((await whorl('environment', 'list')).out).toMatch(/staging .* no +https:\/\/shop\.example\n/);
    const changed = await json<EnvironmentAnswer>('environment', 'change', 'staging', '--name', 'test', '--any-origin');
    expect(changed).toEqual({ ...made, name: 'test', allowedOrigins: [] });
    expect((await whorl('environment', 'change', 'test')).out).toMatch(/Origins +any\n/);
    expect((await whorl('environment', 'create', 'test')).err).toContain('choose another name');
    expect((await whorl('environment', 'change', 'test', '--name', 'production')).err).toContain('choose another name');
    expect((await whorl('environment', 'change', '--name', 'x')).err).toContain('name one');
    const both = await whorl('environment', 'change', 'test', '--any-origin', '--origins', 'https://a.example');
    expect(both.err).toContain('either');
  });

  it('sets origins, and refuses what is none', async () => {
    await whorl('workspace', 'create', 'shop');
    const set = await whorl('environment', 'origins', 'production', 'https://shop.example', 'http://localhost:3000/');
    expect(set.out).toContain('https://shop.example, http://localhost:3000');
    expect((await whorl('environment', 'list')).out).toContain('https://shop.example http://localhost:3000');
    expect((await whorl('environment', 'origins', 'production', 'https://shop.example/path')).err).toContain(
      '"https://shop.example/path" must be an origin, without user, path, query or fragment: https://shop.example',
    );
    // Asking changes nothing.
    expect((await whorl('environment', 'origins', 'production')).out).toBe(set.out);
    const mixed = await whorl('environment', 'origins', 'production', 'https://a.example', '--any-origin');
    expect(mixed.err).toContain('either');
    expect((await whorl('environment', 'list')).out).toContain('https://shop.example http://localhost:3000');
    expect((await whorl('environment', 'origins', 'production', '--any-origin')).out).toContain('any origin');
    expect((await json<EnvironmentAnswer[]>('environment', 'list'))[0]?.allowedOrigins).toEqual([]);
  });

  it('seals results with a key that is shown once, and unseals them', async () => {
    await whorl('workspace', 'create', 'shop');
    const { out, err } = await whorl('environment', 'seal');
    expect(Buffer.from(out.trim(), 'base64')).toHaveLength(32);
    expect(err).toContain('not shown again');
    const listed = await whorl('environment', 'list', '--json');
    expect(listed.out).toContain('"hasSealingKey": true');
    expect(listed.out).not.toContain(out.trim());
    const own = Buffer.alloc(32, 9).toString('base64');
    expect((await whorl('environment', 'seal', 'production', '--key', own)).out).toBe(`${own}\n`);
    const piped = Buffer.alloc(32, 8).toString('base64');
    expect((await whorlFed(`${piped}\n`, 'environment', 'seal', '--key', '-')).out).toBe(`${piped}\n`);
    const [stored] = await json<EnvironmentAnswer[]>('environment', 'list');
    expect(stored?.hasSealingKey).toBe(true);
    expect((await whorlFed('', 'environment', 'seal', '--key', '-')).err).toContain('openssl rand -base64 32');
    expect((await whorl('environment', 'seal', '--key', 'short')).err).toContain('openssl rand -base64 32');
    expect((await whorl('environment', 'unseal')).out).toContain('not sealed');
    expect((await json<EnvironmentAnswer[]>('environment', 'list'))[0]?.hasSealingKey).toBe(false);
  });

  it('says which environments have visitors of their own because they are not sealed', async () => {
    await whorl('workspace', 'create', 'shop');
    await whorl('environment', 'create', 'staging');
    expect((await whorl('environment', 'seal', 'production')).err).toContain('staging is not sealed');
    expect((await whorl('environment', 'seal', 'staging')).err).not.toContain('is not sealed');
    await whorl('environment', 'unseal', 'staging');
    await whorl('workspace', 'change', '--identity', 'separate');
    expect((await whorl('environment', 'seal', 'production')).err).not.toContain('is not sealed');
  });

  it('does not seal where sealed results are switched off, and says how to switch them on', async () => {
    await whorl('workspace', 'create', 'shop');
    await whorl('workspace', 'change', '--disable', 'sealedResults');
    expect((await whorl('environment', 'seal')).err).toContain('--enable sealedResults');
  });
});
