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

const BATCH = 500;
const DAY = 24 * 60 * 60_000;
/** Every so many events there is one of another workspace in between. */
const FOREIGN = 50;
/** More than any server here has events. */
const MANY = 2 ** 24;

const looksOf = Object.fromEntries(
  apiVersions.map((version) => [version, Object.values(searchedApis[version].looks)]),
) as Record<ApiVersion, (typeof searchedApis)[ApiVersion]['looks'][string][]>;

/** An event as it will be held in memory: what the answers show of it. */
const knownOf = (numbered: Numbered, owner: EventOwner): Known => {
  const event = numberedEvent(numbered, owner);
  const shown = (version: ApiVersion) => {
    const answer = searchedApis[version].view(event);
    return looksOf[version].map(({ read }) => read(answer, event));
  };
  return { ...numbered, id: event.id, environmentId: event.environmentId, shown: { v3: shown('v3'), v4: shown('v4') } };
};

const byId = (one: Known, other: Known): number => (one.id < other.id ? -1 : 1);

/**
 * Starts a server and records `count` events of the ten days before `now`, five in every three milliseconds that have
 * any. Among them are events of another workspace, which are not known.
 */
export const startSearchedServer = async (
  count: number,
  now: number,
  databaseUrl: string | null = null,
): Promise<SearchedServer> => {
  const server = await startTestServer({ databaseUrl });
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

  const recordAll = async (events: readonly Numbered[], whose: EventOwner) => {
    const outcomes = await store.record(events.map((numbered) => plainRecord(numberedEvent(numbered, whose))));
    if (outcomes.some((outcome) => outcome !== 'recorded')) throw new Error(`not recorded: ${new Set(outcomes)}`);
  };
  const add = async (events: readonly Numbered[]): Promise<Known[]> => {
    await recordAll(events, owner);
    const added = events.map((numbered) => knownOf(numbered, owner));
    known.push(...added);
    // Nearly sorted already.
    known.sort(byId);
    return added;
  };

  const moment = (at: number) =>
    now - 10 * DAY + Math.floor(Math.floor((at * 3) / 5) * ((10 * DAY) / ((count * 3) / 5)));
  const all = Array.from({ length: count }, (_, at) => ({ serial: at, like: at, time: moment(at) }));
  for (let from = 0; from < count; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    await recordAll(batch, owner);
    const others = batch.filter((_, at) => at % FOREIGN === 0);
    await recordAll(
      others.map((numbered) => ({ ...numbered, serial: numbered.serial + MANY })),
      foreign,
    );
    for (const numbered of batch) known.push(knownOf(numbered, owner));
  }
  known.sort(byId);
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
