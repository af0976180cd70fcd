import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DryRunReport, RulesetDraft } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import { sampleEdgeEvent } from '../storage/testing/sample-edge-event.ts';
import { sampleRecord } from '../storage/testing/sample-event.ts';
import { useCommand } from '../testing/use-command.ts';

const { whorl, dataDir } = useCommand();
let workspaceId: string;

const rulesOf = (cart: number): RulesetDraft => ({
  name: `carts from ${cart}`,
  rules: [
    {
      id: 'big-cart',
      name: 'Big carts',
      when: { all: [{ field: 'tags.cart', operator: 'at_least', value: cart }] },
      action: { type: 'block', statusCode: 403 },
    },
  ],
});

const fileOf = async (content: unknown): Promise<string> => {
  const path = join(dataDir(), `${Math.random()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

beforeEach(async () => {
  const { out } = await whorl('workspace', 'create', 'shop');
  workspaceId = /ws_[0-9a-f]{16}/.exec(out)?.[0] ?? '';
});

describe('whorl ruleset', () => {
  it('creates, lists, shows, replaces and deletes rulesets', async () => {
    expect((await whorl('ruleset', 'list')).out).toContain('No rulesets yet');
    const id = (await whorl('ruleset', 'create', await fileOf(rulesOf(10)))).out.trim();
    expect(id).toMatch(/^[a-zA-Z0-9]{16}$/);
    expect((await whorl('ruleset', 'list')).out).toMatch(new RegExp(`^${id} +1 +allow .* carts from 10$`, 'm'));
    expect((await whorl('ruleset', 'show', id)).out).toMatch(/^big-cart +block +Big carts +tags\.cart >= 10$/m);

    const written = JSON.parse((await whorl('ruleset', 'show', 'carts from 10', '--json')).out);
    const off = { ...written, rules: [{ ...written.rules[0], enabled: false }] };
    expect((await whorl('ruleset', 'replace', id, await fileOf(off))).out).toBe(`Ruleset ${id} is replaced.\n`);
    expect((await whorl('ruleset', 'show', id)).out).toMatch(/^big-cart +off /m);

    expect((await whorl('ruleset', 'delete', id)).out).toBe(`Ruleset ${id} is deleted.\n`);
    const gone = await whorl('ruleset', 'show', id);
    expect(gone).toMatchObject({ failed: true, out: '' });
    expect(gone.err).toContain(`There is no ruleset "${id}"`);
  });

  it.each<[string, unknown, string[]]>([
    ['no JSON', '{"name": ', ['is not JSON']],
    [
      'a mistyped field',
      {
        name: 'x',
        rules: [{ name: 'y', when: { all: [{ field: 'vpnn', operator: 'exists' }] }, action: { type: 'allow' } }],
      },
      ['/rules/0/when/all/0/field is no field of an event; did you mean "vpn"?'],
    ],
    ['everything missing', {}, ['/name is missing', '/rules is missing']],
    ['no object', [], ['the ruleset must be object']],
  ])('tells what is wrong with a file: %s', async (_, content, expected) => {
    const told = await whorl('ruleset', 'create', await fileOf(content));
    expect(told.failed).toBe(true);
    for (const line of expected) expect(told.err).toContain(line);
  });

  it('tells that a file cannot be read', async () => {
    const told = await whorl('ruleset', 'create', join(dataDir(), 'none.json'));
    expect(told.failed).toBe(true);
    expect(told.err).toContain('cannot be read');
  });
});

describe('whorl ruleset fields', () => {
  it('lists what conditions can name, with the values and operators that there are', async () => {
    const { out } = await whorl('ruleset', 'fields');
    expect(out).toMatch(/^bot +text +bad good not_detected$/m);
    expect(out).toMatch(/^tags\.\* +free$/m);
    const fields = JSON.parse((await whorl('ruleset', 'fields', '--json')).out) as {
      field: string;
      operators: string[];
    }[];
    expect(fields.find(({ field }) => field === 'vpn')?.operators).toEqual([
      'equals',
      'not_equals',
      'exists',
      'not_exists',
    ]);
  });
});

describe('whorl ruleset dry-run', () => {
  const record = async (carts: number[]): Promise<void> => {
    const store = await openStore({ dataDir: dataDir() });
    const now = Date.now();
    const records = carts.map((cart, at) =>
      sampleRecord({ workspaceId, time: now - 60_000 * (at + 1), tag: { cart } }),
    );
    await store.record(records);
    await store.close();
  };

  it('tells what a file would have done, and how that differs from what is stored', async () => {
    await record([1, 5, 9]);
    const stored = (await whorl('ruleset', 'create', await fileOf(rulesOf(9)))).out.trim();
    const file = await fileOf(rulesOf(5));
    const { out } = await whorl('ruleset', 'dry-run', file, '--against', stored);
    expect(out).toMatch(/^3 events from .* all events\.$/m);
    expect(out).toMatch(/^2 +66\.7 % +block +big-cart +Big carts +\d{13}\./m);
    expect(out).toMatch(/^1 +33\.3 % +allow +otherwise /m);
    expect(out).toContain(`Against ${stored}: 1 event is treated differently (33.3 %).`);
    expect(out).toMatch(/^1 +allow otherwise +block big-cart +/m);

    const asJson = await whorl('ruleset', 'dry-run', '--ruleset', stored, '--limit', '2', '--json');
    const report = JSON.parse(asJson.out) as DryRunReport;
    expect(report).toMatchObject({ events: 2, complete: false, actions: { allow: 2, block: 0 } });
  });

  it('says so where there are no events', async () => {
    const { out } = await whorl('ruleset', 'dry-run', await fileOf(rulesOf(5)), '--since', '30m');
    expect(out).toContain('No events between ');
  });

  it('tells what a file would have done with events of the edge', async () => {
    const store = await openStore({ dataDir: dataDir() });
    const time = Date.now() - 60_000;
    await store.recordEdge([1, 9].map((cart) => sampleEdgeEvent({ workspaceId, time, tag: { cart } })));
    await store.close();
    const { out } = await whorl('ruleset', 'dry-run', await fileOf(rulesOf(5)), '--source', 'edge');
    expect(out).toMatch(/^2 events from .* all events\.$/m);
    expect(out).toMatch(/^1 +50\.0 % +block +big-cart +/m);
    const wrong = await whorl('ruleset', 'dry-run', await fileOf(rulesOf(5)), '--source', 'all');
    expect(wrong.err).toContain('device, edge');
  });

  it('refuses times the wrong way round, and a file beside a stored ruleset', async () => {
    const file = await fileOf(rulesOf(5));
    expect((await whorl('ruleset', 'dry-run', file, '--since', '1h', '--until', '2h')).err).toContain(
      '--since must be before',
    );
    expect((await whorl('ruleset', 'dry-run', file, '--ruleset', 'x')).err).toContain('not both');
  });
});

describe('whorl openapi', () => {
  it.each(['v3', 'v4', 'management'])('prints the document of %s', async (api) => {
    expect(JSON.parse((await whorl('openapi', api)).out)).toMatchObject({ openapi: '3.1.1' });
  });
});
