import { setImmediate } from 'node:timers/promises';
import type { Event } from '@whorl/contract';
import { makeKey } from '../packages/server/src/keys/api-key.ts';
import { OTHER_WORKSPACE } from '../packages/server/src/storage/testing/sample-event.ts';
import { sampleWorkspace } from '../packages/server/src/storage/testing/sample-tenancy.ts';
import { startTestServer, type TestServer } from '../packages/server/src/testing/test-server.ts';
import { type EventOwner, type Numbered, numberedEvent, plainRecord } from './many-events.ts';
import { type ApiVersion, apiVersions, searchedApis } from './searched-api.ts';

/** An event that the server has, with all that a search can look at, in the order of the version's looks. */
export type Known = Numbered & { id: string; environmentId: string; shown: Record<ApiVersion, unknown[]> };

/** A key and what it sees; `environmentId` undefined: the whole workspace. */
export type SearchKey = { text: string; environmentId: string | undefined };

/** A server with events, and the same events in memory. */
export type SearchedServer = {
  server: TestServer;
  owner: EventOwner;
  keys: readonly SearchKey[];
  /** All events that the workspace has, by their ids and so by their times. */
  known: Known[];
  /** Records further events. Resolves to them when they are stored. */
  add(events: readonly Numbered[]): Promise<Known[]>;
  /** A number that no event has had. */
  nextSerial(): number;
};

/** Events that are recorded together: few commits, each of about a second. */
const BATCH = 4_000;
const DAY = 24 * 60 * 60_000;
/** Every so many events there is one of another workspace in between. */
const FOREIGN = 50;
/** More than any server here has events. */
const MANY = 2 ** 24;

const looksOf = Object.fromEntries(
  apiVersions.map((version) => [version, Object.values(searchedApis[version].looks)]),
) as Record<ApiVersion, (typeof searchedApis)[ApiVersion]['looks'][string][]>;

/** An event as it is held in memory: what the answers show of it. */
const knownOf = (numbered: Numbered, event: Event): Known => {
  const shown = (version: ApiVersion) => {
    const answer = searchedApis[version].view(event);
    return looksOf[version].map(({ read }) => read(answer, event));
  };
  return { ...numbered, id: event.id, environmentId: event.environmentId, shown: { v3: shown('v3'), v4: shown('v4') } };
};

/** Where an event of this id belongs in a list that is in the order of ids. */
export const placeOf = (sorted: readonly Known[], id: string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.id ?? id) < id) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Starts a server and records `count` events of the ten days before `now`, five in every three milliseconds that have
 * any. Among them are events of another workspace, which are not known.
 */
export const startSearchedServer = async (
  count: number,
  now: number,
  options: Parameters<typeof startTestServer>[0] = {},
): Promise<SearchedServer> => {
  const server = await startTestServer(options);
  const { store, first, secretKey } = server;
  const workspaceId = first.workspace.id;
  const environmentIds = [first.environment.id, 'ae_2222222222222222', 'ae_3333333333333333'];
  const limited = makeKey({ kind: 'secret', workspaceId, environmentId: 'ae_2222222222222222', name: '' }, now);
  for (const id of environmentIds.slice(1)) {
    await store.createEnvironment({ id, workspaceId, name: id, allowedOrigins: [], sealingKey: null, createdAt: now });
  }
  await store.addKey(limited.stored);
  await store.createWorkspace(sampleWorkspace({ id: OTHER_WORKSPACE }));

  const owner = { workspaceId, environmentIds };
  const foreign = { workspaceId: OTHER_WORKSPACE, environmentIds: ['ae_4444444444444444'] };
  const known: Known[] = [];
  let serial = count;

  const recordAll = async (events: readonly Event[]): Promise<void> => {
    const outcomes = await store.record(events.map(plainRecord));
    // SQLite works in this very thread: without a pause the test runner would take the worker for dead.
    await setImmediate();
    if (outcomes.some((outcome) => outcome !== 'recorded')) throw new Error(`not recorded: ${outcomes.join(' ')}`);
  };
  const add = async (numbers: readonly Numbered[]): Promise<Known[]> => {
    const events = numbers.map((numbered) => numberedEvent(numbered, owner));
    await recordAll(events);
    return events.map((event, at) => {
      const added = knownOf(numbers[at] as Numbered, event);
      known.splice(placeOf(known, added.id), 0, added);
      return added;
    });
  };

  const moment = (at: number) =>
    now - 10 * DAY + Math.floor(Math.floor((at * 3) / 5) * ((10 * DAY) / ((count * 3) / 5)));
  const all = Array.from({ length: count }, (_, at) => ({ serial: at, like: at, time: moment(at) }));
  for (let from = 0; from < count; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    await add(batch);
    const others = batch.filter((_, at) => at % FOREIGN === 0);
    await recordAll(others.map((numbered) => numberedEvent({ ...numbered, serial: numbered.serial + MANY }, foreign)));
  }
  return {
    server,
    owner,
    keys: [
      { text: secretKey, environmentId: undefined },
      { text: limited.text, environmentId: 'ae_2222222222222222' },
    ],
    known,
    add,
    nextSerial: () => serial++,
  };
};
