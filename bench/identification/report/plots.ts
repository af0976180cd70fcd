import { type ContestantName, contestantNames } from '../contest/contestants.ts';
import type { Bin } from '../metrics/calibration.ts';
import type { GroupName } from '../metrics/groups.ts';
import type { Stretch } from '../metrics/growth.ts';
import type { Results } from './figures.ts';
import { groupsWith } from './groups-with.ts';
import { type LinePlot, linePlot, type Series } from './line-plot.ts';

const percent = (value: number): string => `${Number((value * 100).toFixed(1))} %`;
const count = (value: number): string => value.toLocaleString('en-US');
const tenths = Array.from({ length: 11 }, (_, tenth) => tenth / 10);
const shares: LinePlot['y'] = { label: '', from: 0, to: 1, ticks: tenths, text: percent };

/** Bins of fewer answers say nothing. */
const FEW = 20;

/** Whose confidences are drawn: the strict matcher's are the same as far as they go. */
const WEIGHING: readonly ContestantName[] = ['whorl', 'whorl-tokens', 'oracle'];

const pointsOf = (bins: readonly Bin[]) =>
  bins.filter(({ count: size }) => size >= FEW).map(({ confidence, right }) => [confidence, right] as const);

/** How true confidences are: the diagonal is truth. */
const reliability = ({ summaries }: Results): string => {
  const shown = [...summaries].filter(([name]) => WEIGHING.includes(name));
  const series = shown.flatMap(([name, { links, newcomers }]): Series[] => [
    { label: `${contestantNames[name]}: links`, points: pointsOf(links.bins) },
    { label: `${contestantNames[name]}: new ids`, points: pointsOf(newcomers.bins) },
  ]);
  return linePlot({
    id: 'reliability',
    title: 'Reliability',
    description:
      'Of the answers given with a confidence, how many were right. On the dashed line a confidence is what it says; below it, too high.',
    x: { ...shares, label: 'confidence' },
    y: { ...shares, label: 'right' },
    series: series.filter(({ points }) => points.length > 0),
    diagonal: true,
  });
};

/** Recognition by group, whose names stand along the axis. */
const byGroup = ({ summaries }: Results): string => {
  const shown = groupsWith(summaries, ({ returning }) => returning);
  const series = [...summaries].map(
    ([name, { groups }]): Series => ({
      label: contestantNames[name],
      points: shown.flatMap((group: GroupName, place) => {
        const { recognition } = groups[group];
        return recognition === null ? [] : [[place, recognition] as const];
      }),
    }),
  );
  return linePlot({
    id: 'systems',
    title: 'Recognition by system',
    description: 'Of returning visits without a token, how many were given an id of their own browser.',
    x: {
      label: 'visits of',
      from: -0.5,
      to: shown.length - 0.5,
      ticks: [...shown.keys()],
      text: (place) => (shown[place] ?? '').replace(' outside fleets', '*'),
    },
    y: { ...shares, label: 'recognised' },
    series: series.filter(({ points }) => points.length > 0),
    joined: false,
  });
};

/** The least round step of which five reach a share. */
const stepFor = (share: number): number =>
  [0.002, 0.005, 0.01, 0.02, 0.05, 0.1].find((step) => step * 5 >= share) ?? 0.2;

type Growing = {
  id: string;
  title: string;
  description: string;
  label: string;
  of: (stretch: Stretch) => number | null;
};

const growing = ({ summaries }: Results, { id, title, description, label, of }: Growing): string => {
  const series = [...summaries].map(
    ([name, { growth }]): Series => ({
      label: contestantNames[name],
      points: growth.flatMap((stretch) => {
        const value = of(stretch);
        return value === null ? [] : [[stretch.known, value] as const];
      }),
    }),
  );
  const points = series.flatMap(({ points: all }) => all);
  const most = Math.max(1, ...points.map(([x]) => x));
  const step = stepFor(Math.max(0.01, ...points.map(([, y]) => y)));
  return linePlot({
    id,
    title,
    description,
    x: {
      label: 'browsers known',
      from: 0,
      to: most,
      ticks: [0, 1, 2, 3, 4].map((quarter) => Math.round((most * quarter) / 4)),
      text: count,
    },
    y: { label, from: 0, to: step * 5, ticks: [0, 1, 2, 3, 4, 5].map((tick) => tick * step), text: percent },
    series: series.filter(({ points: all }) => all.length > 0),
  });
};

/** All plots of the page. */
export const plotsOf = (results: Results): string =>
  [
    byGroup(results),
    reliability(results),
    growing(results, {
      id: 'merges',
      title: 'False merges as visitors grow in number',
      description:
        'Of visits without a token, how many were given the id of another browser, in ten stretches of the replay.',
      label: 'false merges',
      of: ({ falseMerge }) => falseMerge,
    }),
    growing(results, {
      id: 'growth',
      title: 'Recognition as visitors grow in number',
      description: 'Of returning visits without a token, how many were recognised, in ten stretches of the replay.',
      label: 'recognised',
      of: ({ recognition }) => recognition,
    }),
  ].join('\n');
