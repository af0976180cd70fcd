import { EVENT_VERSION, type Event, type Workspace, weightsOf } from '@whorl/contract';
import {
  type Facts,
  identifyBot,
  type JudgeFailure,
  type Judgement,
  type JudgeOptions,
  judge as judgeFacts,
  type PlaceFacts,
  type PopulationFacts,
  strangePairs,
} from '@whorl/engine';
import type { Store } from '../storage/store.ts';
import { earlierPlace } from './earlier-place.ts';
import type { Identified } from './identify.ts';
import { connectionOf, reportSigned } from './receive.ts';

/** An observation that has become an event, and what failed on the way. */
export type Judged = { source: Identified; event: Event; failures: JudgeFailure[] };

/** The country that the address lies in, two letters; null when not known. */
export const countryOf = ({ network }: Identified): string | null =>
  (network.ipInfo.v4 ?? network.ipInfo.v6)?.geolocation.country?.code ?? null;

const toEvent = (source: Identified, { signals, suspectScore }: Judgement, id: string): Event => ({
  version: EVENT_VERSION,
  id,
  time: source.time,
  workspaceId: source.workspace.id,
  environmentId: source.environment.id,
  url: source.url,
  ip: source.network.address,
  ...(source.referrer === null ? {} : { referrer: source.referrer }),
  ...(source.headers.origin === undefined ? {} : { origin: source.headers.origin }),
  userAgent: source.headers['user-agent'] ?? '',
  headers: source.headers,
  ...(source.tls === undefined ? {} : { tls: source.tls }),
  ...(source.linkedId === null ? {} : { linkedId: source.linkedId }),
  tag: source.tag,
  sdk: source.sdk,
  browser: source.browser,
  identity: source.identity,
  signals,
  suspectScore,
  attributes: source.components,
  updates: [],
});

const botOf = ({ time, network, headers, signature }: Identified): Pick<Facts, 'bot'> => {
  const bot = identifyBot({ time, network, signature, userAgent: headers['user-agent'] });
  return bot === undefined ? {} : { bot };
};

/** What only an app's visit has. */
const appOf = (
  { zone, ...source }: Identified,
  earlier: PlaceFacts | undefined,
): Pick<Facts, 'zone' | 'reportSignature' | 'signatureRequired' | 'earlierPlace'> => ({
  ...(zone === undefined ? {} : { zone }),
  ...(earlier === undefined ? {} : { earlierPlace: earlier }),
  ...reportSigned(source),
});
const rarityOf = ({ rarity }: Identified): Pick<Facts, 'rarity' | 'strangePairs'> =>
  rarity === null ? {} : { rarity, strangePairs: strangePairs(rarity) };

/** What is usual, and what the workspace puts up with. */
const populationFacts = (usual: PopulationFacts, { highActivityFloor }: Workspace): PopulationFacts =>
  highActivityFloor === null ? usual : { ...usual, dailyEventsFloor: highActivityFloor };

/** What a workspace's visitors usually do, as far as it has been learnt. */
export type PopulationOf = (workspaceId: string) => PopulationFacts;

/** What the fifth stage needs. `makeId` gives each event its id from its time. */
export type JudgeParts = {
  store: Store;
  populationOf: PopulationOf;
  makeId: (time: number) => string;
  options?: JudgeOptions | undefined;
};

/** Fifth stage: counts, judges, and writes the canonical event. */
export const judge = async (
  batch: Identified[],
  { store, populationOf, makeId, options }: JudgeParts,
): Promise<Judged[]> => {
  const activities = await store.activity(
    batch.map((source) => ({
      workspaceId: source.workspace.id,
      scope: source.scope,
      visitorId: source.identity.visitorId,
      ip: source.network.address,
      linkedId: source.linkedId,
      country: countryOf(source),
      time: source.time,
    })),
  );
  const places = await Promise.all(batch.map((source) => earlierPlace(source, store)));
  return batch.map((source, at) => {
    const activity = activities[at];
    if (activity === undefined) throw new Error('the store answered fewer activities than it was asked for');
    const facts: Facts = {
      time: source.time,
      platform: source.sdk.platform,
      components: source.components,
      headers: source.headers,
      network: source.network,
      browser: source.browser,
      replay: source.replay,
      activity,
      population: populationFacts(populationOf(source.workspace.id), source.workspace),
      tokenContradictions: source.identity.tokenContradictions,
      ...rarityOf(source),
      ...botOf(source),
      ...connectionOf(source),
      ...appOf(source, places[at]),
    };
    const judgement = judgeFacts(facts, { weights: weightsOf(source.workspace.suspectWeights), ...options });
    return { source, event: toEvent(source, judgement, makeId(source.time)), failures: judgement.failures };
  });
};
