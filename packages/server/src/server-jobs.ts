import type { Counts } from './ingest/counts.ts';
import { forgetFaintCounts } from './jobs/forget-faint-counts.ts';
import type { Population } from './jobs/population.ts';
import type { Job } from './jobs/start-jobs.ts';
import { sweep } from './jobs/sweep.ts';
import type { NetworkLists } from './lists/network-lists.ts';
import type { NetworkLookup } from './lookup/network-lookup.ts';
import type { Store } from './storage/store.ts';
import type { TlsServer } from './tls/tls-server.ts';
import type { Webhooks } from './webhooks/create-webhooks.ts';

/** Milliseconds between two runs of the sweep. */
const SWEEP_PAUSE = 30_000;

/** Milliseconds between two looks for erasures that another process, or an earlier look, could not end. */
const ERASURES_PAUSE = 10 * 60_000;

/** Milliseconds between two looks at what the workspaces' visitors usually do. */
const POPULATION_PAUSE = 5 * 60_000;

/** Milliseconds between two writings of what visits have been counted by. */
const COUNTS_PAUSE = 1_000;

/** Milliseconds between two walks through what visitors were counted by long ago. */
const FAINT_COUNTS_PAUSE = 24 * 60 * 60_000;
const FAINT_COUNTS_FIRST = 5 * 60_000;

/** Milliseconds between two looks for network lists that are due. */
const LISTS_PAUSE = 60_000;

/** Milliseconds between two looks for address databases that were replaced on disk. */
const DATABASES_PAUSE = 60_000;

/** Milliseconds between two looks whether the certificate has been renewed. */
const CERTIFICATE_PAUSE = 10 * 60_000;

/** Milliseconds between two looks for webhooks that other processes have made or changed. */
const WEBHOOKS_PAUSE = 2_000;

/** What the jobs of a server are about. Without lists, or without TLS of its own, a server has none for them. */
export type JobParts = {
  store: Store;
  lists: NetworkLists | undefined;
  lookup: NetworkLookup;
  population: Population;
  counts: Counts;
  tls: TlsServer | undefined;
  webhooks: Webhooks;
};

const listJobs = (lists: NetworkLists | undefined): Job[] =>
  lists === undefined
    ? []
    : [{ run: () => lists.refresh(), first: 0, pause: LISTS_PAUSE, failure: 'the network lists could not be kept' }];

const tlsJobs = (tls: TlsServer | undefined): Job[] =>
  tls === undefined
    ? []
    : [{ run: () => tls.renew(), pause: CERTIFICATE_PAUSE, failure: 'the certificate could not be read again' }];

/** All that a server does beside its requests. */
export const serverJobs = ({ store, lists, lookup, population, counts, tls, webhooks }: JobParts): Job[] => [
  ...listJobs(lists),
  { run: () => lookup.refresh(), pause: DATABASES_PAUSE, failure: 'the address databases could not be looked at' },
  { run: () => sweep(store, Date.now()), pause: SWEEP_PAUSE, failure: 'sweep failed' },
  { run: () => store.finishErasures(), first: 0, pause: ERASURES_PAUSE, failure: 'erasures could not be finished' },
  { run: () => population.refresh(Date.now()), pause: POPULATION_PAUSE, failure: 'the population could not be learnt' },
  { run: () => counts.flush(), pause: COUNTS_PAUSE, failure: 'what visits show could not be counted' },
  {
    run: () => forgetFaintCounts(store, Date.now()),
    first: FAINT_COUNTS_FIRST,
    pause: FAINT_COUNTS_PAUSE,
    failure: 'counts of long ago could not be forgotten',
  },
  ...tlsJobs(tls),
  { run: () => webhooks.directory.refresh(), pause: WEBHOOKS_PAUSE, failure: 'the webhooks could not be read' },
];
