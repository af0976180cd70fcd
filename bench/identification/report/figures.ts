import type { ContestantName } from '../contest/contestants.ts';
import { systemNames } from '../metrics/groups.ts';
import type { Summary } from '../metrics/summarise.ts';
import type { LinkCost } from '../scale/measure-links.ts';

/** All summaries of a contest, and the bytes that each matcher's memory took; both by contestant. */
export type Results = {
  summaries: ReadonlyMap<ContestantName, Summary>;
  bytes: ReadonlyMap<ContestantName, number>;
  /** What links cost in SQLite, by rising number of visitors. */
  links: readonly LinkCost[];
};

type Figure = number | null | undefined;

const BASELINES = ['cookie', 'fpjs', 'thumbmark', 'eckersley', 'fp-stalker'] as const;

/** Whose tokens are looked at: who may refuse one, and who follows each. */
const WITH_TOKENS = ['whorl-tokens', 'whorl-unlearning', 'cookie'] as const;

/** A contestant's name as the first word of a figure's. */
const asWord = (name: ContestantName): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const bySystem = (prefix: string, summary: Summary | undefined): [string, Figure][] =>
  systemNames.map((system) => [`${prefix}.${system}`, summary?.groups[system].recognition]);

/** Fleets and crowds, which are told beside the systems. */
const apart = (prefix: string, summary: Summary | undefined): [string, Figure][] => [
  [`${prefix}.WindowsOutsideFleets`, summary?.groups['Windows outside fleets'].recognition],
  [`${prefix}.fleets`, summary?.groups.fleets.recognition],
  [`${prefix}.crowds`, summary?.groups.crowds.recognition],
];

const overall = (prefix: string, summary: Summary | undefined): [string, Figure][] => [
  [`${prefix}.recognition`, summary?.groups.all.recognition],
  [`${prefix}.falseMerge`, summary?.groups.all.falseMerge],
  [`${prefix}.firstMerge`, summary?.groups.all.firstMerge],
];

/** Of one who was asked about a part of the visits: how large a part, and how far its figures may be off by that. */
const sampling = (prefix: string, summary: Summary | undefined): [string, Figure][] => {
  if (summary === undefined || summary.asked >= 1) return [];
  const { asked, groups } = summary;
  return [
    [`${prefix}.sample`, asked],
    [`${prefix}.recognition.standardError`, groups.all.errors.recognition],
    [`${prefix}.falseMerge.standardError`, groups.all.errors.falseMerge],
    ...systemNames.map((system): [string, Figure] => [
      `${prefix}.${system}.standardError`,
      groups[system].errors.recognition,
    ]),
  ];
};

/** Link times in SQLite: at the largest size, and at each. */
const inSqlite = (links: readonly LinkCost[]): [string, Figure][] => {
  const largest = links.at(-1);
  return [
    ['linkP50Ms', largest?.p50],
    ['linkP99Ms', largest?.p99],
    ['bytesPerVisitor', largest && Math.round(largest.bytesPerVisitor)],
    ...links.flatMap(({ visitors, p50, p99, compared, bytesPerVisitor }): [string, Figure][] => [
      [`linkP50Ms.${visitors}`, p50],
      [`linkP99Ms.${visitors}`, p99],
      [`compared.${visitors}`, compared],
      [`bytesPerVisitor.${visitors}`, Math.round(bytesPerVisitor)],
    ]),
  ];
};

/** What became of the tokens that it was handed; nothing of one who was handed none. */
const tokensOf = (prefix: string, summary: Summary | undefined): [string, Figure][] => {
  if (summary === undefined || summary.tokens.own.handed === 0) return [];
  const { own, copied, alike } = summary.tokens;
  return [
    [`${prefix}.ownTokensNotFollowed`, own.followed === null ? null : 1 - own.followed],
    [`${prefix}.copiedTokensFollowed`, copied.followed],
    [`${prefix}.copiedTokensFollowed.alike`, alike.followed],
  ];
};

const rounded = (value: number): number => Number(value.toPrecision(5));

/**
 * The figures of a contest by name, those left out that it did not measure. Shares are 0..1, `trackingDuration` is days in
 * the longest chain and `trackingDurationMean` in the mean one. `linkP99Ms` and `bytesPerVisitor` are of SQLite with the most
 * visitors that were tried, `linkP99Ms.10000` of that many; `memory...` of candidates in memory.
 */
export const figuresOf = ({ summaries, bytes, links }: Results, visitors: number): { [name: string]: number } => {
  const whorl = summaries.get('whorl');
  const all = whorl?.groups.all;
  const stalker = summaries.get('fp-stalker')?.groups.all;
  const strict = summaries.get('whorl-strict')?.groups.all;
  const tokens = summaries.get('whorl-tokens')?.groups.all;
  const heap = bytes.get('whorl');
  const figures: [string, Figure][] = [
    ['recognition', all?.recognition],
    ['firstId', all?.firstId],
    ['falseMerge', all?.falseMerge],
    ['firstMerge', all?.firstMerge],
    ['newcomerMerge', all?.newcomerMerge],
    ['strictRecognition', strict?.recognition],
    ['strictFalseMerge', strict?.falseMerge],
    ['strictFirstMerge', strict?.firstMerge],
    ['ece', all?.ece],
    ['eceNewcomers', whorl?.newcomers.ece],
    ['trackingDuration', all?.longestDays],
    ['trackingDurationRuleBased', stalker?.longestDays],
    ['trackingDurationMean', all?.meanDays],
    ['trackingDurationMeanRuleBased', stalker?.meanDays],
    ['ownership', all?.ownership],
    ['recognitionTokensOn', tokens?.recognition],
    ['falseMergeTokensOn', tokens?.falseMerge],
    ['firstMergeTokensOn', tokens?.firstMerge],
    ['eceTokensOn', tokens?.ece],
    ['pairPrecision', all?.pairPrecision],
    ['pairRecall', all?.pairRecall],
    ['bcubedPrecision', all?.bcubedPrecision],
    ['bcubedRecall', all?.bcubedRecall],
    ['idsPerBrowser', all?.idsPerBrowser],
    ['memoryLinkP50Ms', whorl && whorl.linkP50 / 1000],
    ['memoryLinkP99Ms', whorl && whorl.linkP99 / 1000],
    ['memoryBytesPerVisitor', heap === undefined ? undefined : Math.round(heap / visitors)],
    ...inSqlite(links),
    ...bySystem('recognition', whorl),
    ...apart('recognition', whorl),
    ...bySystem('oracle', summaries.get('oracle')),
    ...overall('oracle', summaries.get('oracle')),
    ...apart('oracle', summaries.get('oracle')),
    ...sampling('oracle', summaries.get('oracle')),
    ...bySystem('recognitionTokensOn', summaries.get('whorl-tokens')),
    ...apart('recognitionTokensOn', summaries.get('whorl-tokens')),
    ...overall('whorlUnlearning', summaries.get('whorl-unlearning')),
    ['whorlUnlearning.ece', summaries.get('whorl-unlearning')?.groups.all.ece],
    ...bySystem('oracleTokens', summaries.get('oracle-tokens')),
    ...overall('oracleTokens', summaries.get('oracle-tokens')),
    ...apart('oracleTokens', summaries.get('oracle-tokens')),
    ...sampling('oracleTokens', summaries.get('oracle-tokens')),
    ...WITH_TOKENS.flatMap((name) => tokensOf(asWord(name), summaries.get(name))),
    ...bySystem('oracleAlone', summaries.get('oracle-alone')),
    ...overall('oracleAlone', summaries.get('oracle-alone')),
    ...BASELINES.flatMap((name) => overall(asWord(name), summaries.get(name))),
  ];
  return Object.fromEntries(
    figures.flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, rounded(value)]])),
  );
};
