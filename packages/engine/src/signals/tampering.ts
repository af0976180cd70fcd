import type { ConfidenceLevel, Evidence } from '@whorl/contract';
import { anyOf, evidence, share } from '../evidence.ts';
import { type Facts, isNoised, sourceValue } from '../facts.ts';
import { isHelloPair } from '../identity/strange-pairs.ts';
import { claimedClient } from '../network/claimed-client.ts';
import { clientHintContradictions } from '../network/client-hint-headers.ts';
import { contextContradictions } from '../network/contexts.ts';
import type { Contradiction } from '../network/contradiction.ts';
import { deviceMode } from '../network/device-mode.ts';
import { engineContradictions } from '../network/engine-truths.ts';
import { fetchMetadataContradictions } from '../network/fetch-metadata.ts';
import { patchedPage, replacedFunctions } from '../network/patched-page.ts';
import { braveFacts } from '../network/protections.ts';
import { languageContradiction, userAgentContradiction } from '../network/request-headers.ts';
import { tlsContradictions } from '../network/tls-hello.ts';
import { unsignedReport } from '../network/unsigned-report.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Above this the browser counts as tampered with. */
const THRESHOLD = 0.5;

/** Browsers forged without a seam exist, so agreement is never surer than this. */
const SUREST_CLEAR = 0.9;

/** A copied token is strong evidence, but a browser can change under a token when a profile moves to a new machine. */
const TOKEN_WEIGHT = 0.8;

/**
 * Pairs of values that nobody else shows count up to so many: .28 together, so that rarity supports a contradiction and
 * never makes a verdict by itself. Whoever has bought a new graphics card is rare as well.
 */
const MOST_PAIRS = 2;

/**
 * What device mode changes is one act of one person, however much contradicts it: enough for a verdict that is not sure
 * of itself, and no sign of a made-up profile. Where nothing else contradicts, it is shown and not enough.
 */
const DEVICE_MODE = { withContradictions: 0.55, alone: 0.4 };

/** How the summed weights become `mlScore`: even odds at half a contradiction, steep enough that none is near 0. */
const LOGISTIC = { steepness: 8, middle: 0.5 };
const logistic = (sum: number): number => 1 / (1 + Math.exp(-LOGISTIC.steepness * (sum - LOGISTIC.middle)));

type Groups = Record<string, Contradiction[] | null>;

/** Groups whose evidence depends on how the server is reached, so that nobody is less sure for lack of it. */
const compareTransport = (facts: Facts): Groups => {
  const groups = { fetchMetadata: fetchMetadataContradictions(facts), tls: tlsContradictions(facts) };
  return Object.fromEntries(Object.entries(groups).filter(([, found]) => found !== null));
};

/** What each group of checks found by itself; null where its evidence is missing. */
const compareEach = (facts: Facts): Groups => ({
  contexts: contextContradictions(facts),
  engine: engineContradictions(facts),
  userAgentHeader: userAgentContradiction(facts),
  clientHintHeaders: clientHintContradictions(facts),
  languageHeader: languageContradiction(facts),
  patchedPage: patchedPage(facts),
  ...compareTransport(facts),
});

/** Groups whose contradictions device mode explains: the engine and the machine are the desktop's, and so is the hello. */
const ofDesktop = ['engine', 'tls'] as const;

/** The same, where one act explains what contradicts: then that counts, once, and what it explains is context. */
const compare = (facts: Facts): Groups => {
  const groups = compareEach(facts);
  const explained = ofDesktop.flatMap((name) => groups[name] ?? []);
  const weight = explained.length > 0 ? DEVICE_MODE.withContradictions : DEVICE_MODE.alone;
  const mode = deviceMode(facts, weight);
  if (mode === undefined) return groups;
  const quiet = ofDesktop.flatMap((name) => {
    const found = groups[name]?.map((item) => ({ about: 'deviceMode', evidence: { ...item.evidence, weight: 0 } }));
    return found === undefined ? [] : [[name, found] as const];
  });
  return { deviceMode: [{ about: 'deviceMode', evidence: mode }], ...groups, ...Object.fromEntries(quiet) };
};

const rendersAtRandom = (facts: Facts): boolean =>
  (isNoised(facts, 'canvas') || isNoised(facts, 'audio') || isNoised(facts, 'webGlBasics')) &&
  claimedClient(sourceValue(facts, 'userAgent') ?? '').engine === 'blink' &&
  braveFacts(facts).length === 0;

/**
 * How many of the machine's parts are told in two ways, or by a function that is not the browser's. Graphics that differ
 * because their function was replaced are one of them, not two.
 */
const forgedParts = (contexts: ReadonlySet<string>, facts: Facts): number =>
  [
    contexts.has('cores'),
    contexts.has('memory'),
    contexts.has('gpu') || replacedFunctions(facts).includes('WebGLRenderingContext.getParameter'),
  ].filter(Boolean).length;

/** What contradictions are about: all of them, and those between page, worker and iframe. */
type About = { found: ReadonlySet<string>; contexts: ReadonlySet<string> };

/**
 * Rules on anti-detect browsers, by name: they make up a whole profile, so what betrays them is the whole. Some forge below
 * the page's scripts and some in the page alone, where a worker still tells of the machine.
 */
const antiDetectRules: Record<string, (about: About, facts: Facts) => boolean> = {
  'graphics of another system': ({ found }) => found.has('graphicsOs'),
  'platform of another system': ({ found }) => found.has('platformOs') || found.has('hintedOs'),
  'engine of another browser or version': ({ found }) =>
    found.has('evalLength') || found.has('errorMessage') || found.has('features') || found.has('hintedVersion'),
  'machine differs between contexts': ({ contexts }, facts) => forgedParts(contexts, facts) > 1,
  'platform differs between contexts': ({ contexts }) => contexts.has('platform'),
  'brand differs between header and page': ({ found }) => found.has('brandNames') || found.has('brands'),
  'rendering is randomised by something other than the browser': (_, facts) => rendersAtRandom(facts),
};

/** Rules that hold the claim against the machine and the engine. */
const claimRules: ReadonlySet<string> = new Set([
  'graphics of another system',
  'platform of another system',
  'engine of another browser or version',
]);

/**
 * How many rules agree. Who only switches the user agent, as developer tools and extensions do, replaces nothing and leaves
 * platform and client hints as they are: whatever contradicts the claim then does so by that one act. A made-up profile brings
 * hints to go with it.
 */
const agreeingRules = (rules: readonly string[], { found, contexts }: About, facts: Facts): number => {
  // A switch without hints of its own leaves them in place and empty.
  const hinted = sourceValue(facts, 'clientHints')?.platform || sourceValue(facts, 'userAgentData')?.platform || '';
  const hintsFollow = hinted !== '' && hinted !== 'Unknown' && !found.has('hintedOs');
  const isSwitch =
    found.has('platformOs') && !hintsFollow && contexts.size === 0 && replacedFunctions(facts).length === 0;
  const byClaim = rules.filter((rule) => claimRules.has(rule)).length;
  return isSwitch && byClaim > 1 ? rules.length - byClaim + 1 : rules.length;
};

/** The pairs that count. A hello that the rules speak of already is no second fact: whoever opened TLS did both. */
const pairsOf = ({ strangePairs = [] }: Facts, { tls }: Groups): Evidence[] =>
  strangePairs.filter((pair) => !isHelloPair(pair) || (tls ?? []).length === 0).slice(0, MOST_PAIRS);

const aboutOf = (found: readonly Contradiction[]): ReadonlySet<string> => new Set(found.map(({ about }) => about));

/** One rule may be a mistake or a switcher; two agree on a profile that was made up. */
const AGREEING_RULES = 2;

const confidenceOf = (anomaly: number, contradictions: number, missing: number): ConfidenceLevel => {
  if (anomaly > THRESHOLD) return contradictions > 1 || anomaly > 0.8 ? 'high' : 'medium';
  return missing === 0 ? 'high' : missing < 3 ? 'medium' : 'low';
};

/**
 * Whether the browser's statements about itself contradict each other or the engine beneath. `anomalyScore` is the
 * chance that one contradiction at least is real; `mlScore` the logistic of their summed weights: no model was trained.
 * Pairs of values that next to nobody of the workspace shows together support a contradiction, and alone stay far below the
 * threshold. A report of an app without the signature that its public key requires was not made by the app.
 * `antiDetectBrowser` needs two of the named rules. Unknown when nothing could be compared.
 */
export const judgeTampering: SignalJudge<'tampering'> = (facts) => {
  const groups = compare(facts);
  const missing = Object.keys(groups).filter((name) => groups[name] === null);
  const agreeing = Object.keys(groups).filter((name) => groups[name]?.length === 0);
  const contradictions = Object.values(groups).flatMap((found) => found ?? []);
  const copied = facts.tokenContradictions.map((item) => ({ ...item, weight: Math.min(item.weight, TOKEN_WEIGHT) }));
  const unsigned = unsignedReport(facts);
  const real: Evidence[] = [...contradictions.map((item) => item.evidence), ...copied, ...unsigned];
  const found = [...real, ...pairsOf(facts, groups)];

  const anomalyScore = share(anyOf(found));
  const about = { found: aboutOf(contradictions), contexts: aboutOf(groups.contexts ?? []) };
  const rules = Object.keys(antiDetectRules).filter((name) => antiDetectRules[name]?.(about, facts));
  const compared = Object.keys(groups).length - missing.length;
  const data = {
    anomalyScore,
    mlScore: share(logistic(found.reduce((sum, { weight }) => sum + weight, 0))),
    antiDetectBrowser: anomalyScore > THRESHOLD && agreeingRules(rules, about, facts) >= AGREEING_RULES,
    confidence: confidenceOf(anomalyScore, real.filter(({ weight }) => weight > 0).length, missing.length),
  };
  const shown = [
    ...found,
    ...rules.map((rule) => evidence('rule on anti-detect browsers', rule, 0, 'page')),
    ...(agreeing.length > 0 ? [evidence('agree with each other', agreeing, -0.5, 'page')] : []),
    ...(missing.length > 0 ? [evidence('could not be compared', missing, 0, 'page')] : []),
  ];
  if (anomalyScore > THRESHOLD) return detected(data, anomalyScore, shown);
  if (compared === 0 && copied.length === 0) return unknown(data, shown);
  const coverage = compared / Object.keys(groups).length;
  return clear(data, share(SUREST_CLEAR * (1 - anomalyScore) * (0.5 + 0.5 * coverage)), shown);
};
