import { countsAsked, decide, featuresOf, type IdentityModel, linkThresholds } from '@whorl/engine';
import { nameKeys } from '../../../packages/server/src/ingest/name-keys.ts';
import { scopedCounts } from '../../../packages/server/src/ingest/scoped-counts.ts';
import { scopedKey } from '../../../packages/server/src/storage/scoped-key.ts';
import { VISITORS_PER_KEY } from '../../../packages/server/src/storage/store.ts';
import type { SeenVisit } from '../baselines/matcher.ts';
import type { Told } from '../contest/compete.ts';
import type { Progress } from '../contest/watched.ts';
import { DAY, FIRST_DAY } from '../drift/releases.ts';
import { portraitOf } from '../replay/whorl-matcher.ts';
import { type Scenario, type ScenarioName, scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { keysWithin, SCOPE, VisitorFile } from './visitor-file.ts';

/** What recognising one visit costs beside so many known visitors. Times in milliseconds. */
export type LinkCost = { visitors: number; p50: number; p99: number; compared: number; bytesPerVisitor: number };

/** Days in which the visitors come; probes are returning visits of the last one. */
const DAYS = 20;

/** Returning visits that are timed, after as many that only warm up. */
const PROBES = 4_000;

/** Milliseconds between two probes: a site with so many visitors has twenty visits a second, and counts stay in memory between them. */
const PAUSE = 50;

/** Recognises a visit as the server does, from what its agent sent to the decision; returns how many were compared. */
const recognise = async (file: VisitorFile, visit: SeenVisit, time: number, model: IdentityModel): Promise<number> => {
  const { components, browserDetails: browser, address } = visit;
  const portrait = portraitOf(visit);
  const features = featuresOf({ components, browser, address });
  const keys = keysWithin(portrait);
  const { found, read } = file.recall(keys.map(({ key }) => key));
  const lines = keys.map(({ key }, at) => ({ key, read: read[at] ?? 0 }));
  const long = lines.filter(({ read }) => read >= VISITORS_PER_KEY);
  const asked = countsAsked(
    portrait,
    long.map(({ key }) => key),
  );
  await file.counts.prepare(
    asked.map((key) => scopedKey(SCOPE, key)),
    time,
  );
  const namesOf = nameKeys(keys);
  const candidates = found.map(({ visitorId, profile, foundBy }) => ({
    visitorId,
    profile,
    foundBy: namesOf(foundBy),
  }));
  const { countOf } = scopedCounts(file.counts.at(time), SCOPE);
  const surroundings = { claims: [], candidates, lines, countOf };
  decide({ portrait, features }, surroundings, { model, threshold: linkThresholds.default });
  return candidates.length;
};

type World = { file: VisitorFile; probes: SeenVisit[] };

/** A file of so many visitors, each as its first visit showed it, and returning visits to look up. */
const fill = async (scenario: Scenario, visitors: number, seed: number, progress: Progress): Promise<World> => {
  const file = new VisitorFile();
  await file.open();
  const met = new Uint8Array(visitors);
  const probes: SeenVisit[] = [];
  for (const visit of simulate(scenario, { visitors, seed, days: DAYS })) {
    if (met[visit.browser] === 0) {
      met[visit.browser] = 1;
      await file.add(visit);
      if (file.visitors % 5_000 === 0) progress(file.visitors / visitors, file.visitors);
    } else if (visit.time / DAY - FIRST_DAY > DAYS - 2 && probes.length < 2 * PROBES) probes.push(visit);
  }
  await file.flush();
  return { file, probes };
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

/**
 * How long it takes to recognise a visit in SQLite beside so many visitors: keys, candidates, counts and decision, one
 * visit at a time, with the file's pages as warm as visits make them. Sizes take turns, so that what slows the machine slows all.
 */
export const measureLinks = async (
  sizes: readonly number[],
  { scenario, seed }: { scenario: ScenarioName; seed: number },
  model: IdentityModel,
  told: Pick<Told, 'part'>,
): Promise<LinkCost[]> => {
  const worlds: World[] = [];
  try {
    for (const size of sizes) {
      worlds.push(await fill(scenarios[scenario], size, seed, told.part(`filling a file with ${size} visitors`)));
    }
    const times = worlds.map((): number[] => []);
    const compared = worlds.map(() => 0);
    const last = Math.max(...worlds.map(({ probes }) => probes.at(-1)?.time ?? 0));
    for (let round = 0; round < 2 * PROBES; round++) {
      for (const [at, { file, probes }] of worlds.entries()) {
        const probe = probes[round % probes.length];
        if (probe === undefined) continue;
        const started = performance.now();
        const candidates = await recognise(file, probe, last + round * PAUSE, model);
        if (round < PROBES) continue;
        times[at]?.push(performance.now() - started);
        compared[at] = (compared[at] ?? 0) + candidates / PROBES;
      }
    }
    return worlds.map(({ file }, at) => {
      const sorted = (times[at] ?? []).sort((a, b) => a - b);
      return {
        visitors: file.visitors,
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        compared: compared[at] ?? 0,
        bytesPerVisitor: file.bytesPerVisitor(),
      };
    });
  } finally {
    for (const { file } of worlds) file.close();
  }
};
