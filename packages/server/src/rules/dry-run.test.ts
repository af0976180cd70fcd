import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ruleset, type Workspace, workspaceDefaults } from '@whorl/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { sampleEdgeEvent } from '../storage/testing/sample-edge-event.ts';
import { NOON, sampleRecord, WORKSPACE } from '../storage/testing/sample-event.ts';
import { dryRun } from './dry-run.ts';

const EVENTS = 450;

const workspace: Workspace = {
  ...workspaceDefaults,
  id: WORKSPACE,
  name: 'shop',
  createdAt: 0,
  region: 'us',
  disabledFeatures: [],
};

const ruleset: Ruleset = {
  id: 'aaaaaaaaaaaaaaaa',
  workspaceId: WORKSPACE,
  name: 'every third',
  rules: [
    {
      id: 'third',
      name: 'Third',
      enabled: true,
      when: { all: [{ field: 'tags.rest', operator: 'equals', value: 0 }] },
      action: { type: 'block' },
    },
    {
      id: 'clear-vpn',
      name: 'Where VPNs are told of',
      enabled: true,
      when: { all: [{ field: 'vpn', operator: 'exists' }] },
      action: { type: 'allow' },
    },
  ],
  otherwise: { type: 'block', statusCode: 403 },
  createdAt: 0,
  updatedAt: 0,
};

let dataDir: string;
let store: Store;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'whorl-dry-run-'));
  store = await openStore({ dataDir });
  await store.migrate();
  await store.createWorkspace(workspace);
  const records = Array.from({ length: EVENTS }, (_, at) => sampleRecord({ time: NOON + at, tag: { rest: at % 3 } }));
  expect(new Set(await store.record(records))).toEqual(new Set(['recorded']));
});
afterAll(async () => {
  await store?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const question = { workspace, ruleset, start: NOON - 1, end: NOON + EVENTS, most: 10_000 };

describe('a dry run', () => {
  it('judges every event once, over as many pages as it takes, and tells how far it is', async () => {
    const progress: number[] = [];
    const report = await dryRun(store, question, { onProgress: (events) => progress.push(events) });
    expect(report).toMatchObject({ events: EVENTS, complete: true, oldest: NOON, newest: NOON + EVENTS - 1 });
    expect(report.rules.map(({ ruleId, events }) => [ruleId, events])).toEqual([
      ['third', 150],
      ['clear-vpn', 300],
      [null, 0],
    ]);
    expect(progress).toEqual(Array.from({ length: EVENTS / 50 }, (_, page) => (page + 1) * 50));
  });

  it('takes the newest up to its limit', async () => {
    const report = await dryRun(store, { ...question, most: 201 });
    expect(report).toMatchObject({
      events: 201,
      complete: false,
      newest: NOON + EVENTS - 1,
      oldest: NOON + EVENTS - 201,
    });
    expect(await dryRun(store, { ...question, most: EVENTS })).toMatchObject({ events: EVENTS, complete: true });
  });

  it('sees events without the products that the workspace has switched off', async () => {
    const report = await dryRun(store, { ...question, workspace: { ...workspace, disabledFeatures: ['vpn'] } });
    expect(report.actions).toEqual({ allow: 0, block: EVENTS });
  });

  it('judges events of the edge where it is asked to, and no others', async () => {
    const edge = Array.from({ length: 70 }, (_, at) => sampleEdgeEvent({ time: NOON + at, tag: { rest: at % 2 } }));
    expect(new Set(await store.recordEdge(edge))).toEqual(new Set([true]));
    const report = await dryRun(store, { ...question, source: 'edge' });
    expect(report).toMatchObject({ events: 70, complete: true, oldest: NOON, newest: NOON + 69 });
    expect(report.rules.map(({ ruleId, events }) => [ruleId, events])).toEqual([
      ['third', 35],
      ['clear-vpn', 35],
      [null, 0],
    ]);
    expect(report.rules[0]?.examples).toEqual([68, 66, 64, 62, 60].map((at) => edge[at]?.id));
    const hidden: Workspace = { ...workspace, disabledFeatures: ['vpn'] };
    expect((await dryRun(store, { ...question, source: 'edge', workspace: hidden })).actions).toEqual({
      allow: 0,
      block: 70,
    });
    expect(await dryRun(store, question)).toMatchObject({ events: EVENTS });
  });

  it('tells which events another ruleset treats differently, and not those that another rule treats the same', async () => {
    const [third, clear] = ruleset.rules;
    if (third === undefined || clear === undefined) throw new Error('the ruleset has two rules');
    const against = { ...ruleset, id: 'bbbbbbbbbbbbbbbb', rules: [third], otherwise: clear.action };
    const same = await dryRun(store, { ...question, against });
    expect(same.against).toEqual({ rulesetId: against.id, changed: 0, share: 0, changes: [] });
    const other = await dryRun(store, { ...question, against: { ...against, rules: [] } });
    expect(other.against).toMatchObject({ changed: 150, share: 1 / 3, changes: [{ events: 150 }] });
    expect(other.against?.changes[0]?.examples).toHaveLength(5);
  });

  it('never holds the process longer than ten milliseconds and one event', async () => {
    // By this clock each look at it takes three milliseconds, so every fourth event others are let in.
    let time = 0;
    let pauses = 0;
    const now = () => {
      time += 3;
      return time;
    };
    const pause = async () => {
      pauses += 1;
    };
    await dryRun(store, question, { turns: { now, pause } });
    expect(pauses).toBe(Math.floor(EVENTS / 4));
  });

  it('stops in the middle of a page when it is aborted while others are let in', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const pause = async () => stop.abort(new Error('enough'));
    const turns = { now: () => performance.now() * 1_000, pause };
    const onProgress = (events: number) => seen.push(events);
    await expect(dryRun(store, question, { signal: stop.signal, onProgress, turns })).rejects.toThrow('enough');
    expect(seen).toEqual([]);
  });

  it('stops between two pages when it is aborted', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = (events: number) => {
      seen.push(events);
      stop.abort(new Error('enough'));
    };
    await expect(dryRun(store, question, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(seen).toEqual([50]);
  });
});
