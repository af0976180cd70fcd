import type { ContestantName } from '../contest/contestants.ts';
import { systemNames } from '../metrics/groups.ts';
import type { Summary } from '../metrics/summarise.ts';

/** All summaries of a contest, and the bytes that each matcher's memory took; both by contestant. */
export type Results = {
  summaries: ReadonlyMap<ContestantName, Summary>;
  bytes: ReadonlyMap<ContestantName, number>;
};

type Figure = number | null | undefined;

const BASELINES = ['cookie', 'fpjs', 'thumbmark', 'eckersley', 'fp-stalker'] as const;

/** A contestant's name as the first word of a figure's. */
const asWord = (name: ContestantName): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const bySystem = (prefix: string, summary: Summary | undefined): [string, Figure][] =>
  systemNames.map((system) => [`${prefix}.${system}`, summary?.groups[system].recognition]);

const overall = (prefix: string, summary: Summary | undefined): [string, Figure][] => [
  [`${prefix}.recognition`, summary?.groups.all.recognition],
  [`${prefix}.falseMerge`, summary?.groups.all.falseMerge],
  [`${prefix}.firstMerge`, summary?.groups.all.firstMerge],
];

const rounded = (value: number): number => Number(value.toPrecision(5));

/**
 * The figures of a contest by name, those left out that it did not measure. Shares are 0..1, `trackingDuration` is days in
 * the longest chain and `trackingDurationMean` in the mean one, `linkP99Ms` and `bytesPerVisitor` are of the index in memory.
 */
export const figuresOf = ({ summaries, bytes }: Results, visitors: number): { [name: string]: number } => {
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
    ['eceTokensOn', tokens?.ece],
    ['pairPrecision', all?.pairPrecision],
    ['pairRecall', all?.pairRecall],
    ['bcubedPrecision', all?.bcubedPrecision],
    ['bcubedRecall', all?.bcubedRecall],
    ['idsPerBrowser', all?.idsPerBrowser],
    ['linkP50Ms', whorl && whorl.linkP50 / 1000],
    ['linkP99Ms', whorl && whorl.linkP99 / 1000],
    ['bytesPerVisitor', heap === undefined ? undefined : Math.round(heap / visitors)],
    ...bySystem('recognition', whorl),
    ['recognition.WindowsOutsideFleets', whorl?.groups['Windows outside fleets'].recognition],
    ['recognition.fleets', whorl?.groups.fleets.recognition],
    ['recognition.crowds', whorl?.groups.crowds.recognition],
    ...bySystem('oracle', summaries.get('oracle')),
    ...overall('oracle', summaries.get('oracle')),
    ...bySystem('oracleAlone', summaries.get('oracle-alone')),
    ...overall('oracleAlone', summaries.get('oracle-alone')),
    ...BASELINES.flatMap((name) => overall(asWord(name), summaries.get(name))),
  ];
  return Object.fromEntries(
    figures.flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, rounded(value)]])),
  );
};
