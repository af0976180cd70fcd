import { escaped } from './escaped.ts';

/** A line of a plot. Points are in the order in which they are joined. */
export type Series = { label: string; points: readonly (readonly [x: number, y: number])[] };

export type LinePlot = {
  /** Of the page's elements; unique. */
  id: string;
  title: string;
  /** What the plot shows, for who cannot see it. */
  description: string;
  x: { label: string; from: number; to: number; ticks: readonly number[]; text: (value: number) => string };
  y: { label: string; from: number; to: number; ticks: readonly number[]; text: (value: number) => string };
  series: readonly Series[];
  /** Whether equality of x and y is drawn in. */
  diagonal?: boolean;
  /** Whether a line's points are joined: not where x has no order. */
  joined?: boolean;
};

const WIDTH = 640;
const HEIGHT = 400;
const MARGIN = { top: 16, right: 28, bottom: 56, left: 72 };

const across = ({ x }: LinePlot, value: number): number =>
  MARGIN.left + ((value - x.from) / (x.to - x.from)) * (WIDTH - MARGIN.left - MARGIN.right);
const down = ({ y }: LinePlot, value: number): number =>
  HEIGHT - MARGIN.bottom - ((value - y.from) / (y.to - y.from)) * (HEIGHT - MARGIN.top - MARGIN.bottom);

const at = (value: number): string => value.toFixed(1);

const axes = (plot: LinePlot): string => {
  const bottom = HEIGHT - MARGIN.bottom;
  const right = WIDTH - MARGIN.right;
  const columns = plot.x.ticks.map(
    (tick) =>
      `<text x="${at(across(plot, tick))}" y="${bottom + 20}" text-anchor="middle">${escaped(plot.x.text(tick))}</text>`,
  );
  const rows = plot.y.ticks.map((tick) => {
    const y = at(down(plot, tick));
    const line = `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y}" y2="${y}"/>`;
    return `${line}<text x="${MARGIN.left - 8}" y="${y}" text-anchor="end" dominant-baseline="middle">${escaped(plot.y.text(tick))}</text>`;
  });
  const middle = (MARGIN.top + bottom) / 2;
  return [
    ...rows,
    ...columns,
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(plot.x.label)}</text>`,
    `<text transform="translate(16 ${middle}) rotate(-90)" text-anchor="middle">${escaped(plot.y.label)}</text>`,
  ].join('');
};

/** Lines differ by dash and by mark as well as by colour. */
const MARKS = [
  (x: string, y: string) => `<circle cx="${x}" cy="${y}" r="4"/>`,
  (x: string, y: string) => `<rect x="-4" y="-4" width="8" height="8" transform="translate(${x} ${y})"/>`,
  (x: string, y: string) => `<path d="M0-5 5 4-5 4z" transform="translate(${x} ${y})"/>`,
  (x: string, y: string) => `<path d="M0-6 6 0 0 6-6 0z" transform="translate(${x} ${y})"/>`,
];

const markOf = (place: number) => MARKS[place % MARKS.length] ?? (() => '');

/** How many looks there are; further lines begin anew. */
const LOOKS = 10;

const line = (plot: LinePlot, { points }: Series, place: number): string => {
  const places = points.map(([x, y]) => [at(across(plot, x)), at(down(plot, y))] as const);
  const mark = markOf(place);
  const path = places.map((pair) => pair.join(',')).join(' ');
  const joint = plot.joined === false ? '' : `<polyline points="${path}"/>`;
  return `<g class="line look-${place % LOOKS}">${joint}${places.map(([x, y]) => mark(x, y)).join('')}</g>`;
};

const legend = (series: readonly Series[]): string =>
  `<ul class="legend">${series
    .map(
      ({ label }, place) =>
        `<li><svg class="line look-${place % LOOKS}" width="36" height="14" aria-hidden="true"><polyline points="0,7 36,7"/>${markOf(place)('18', '7')}</svg> ${escaped(label)}</li>`,
    )
    .join('')}</ul>`;

const numbers = ({ x, y, series }: LinePlot): string => {
  const rows = series.flatMap(({ label, points }) =>
    points.map(
      ([a, b]) =>
        `<tr><th scope="row">${escaped(label)}</th><td>${escaped(x.text(a))}</td><td>${escaped(y.text(b))}</td></tr>`,
    ),
  );
  return `<details><summary>The same as numbers</summary><table><thead><tr><th scope="col">Line</th><th scope="col">${escaped(x.label)}</th><th scope="col">${escaped(y.label)}</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
};

/** A plot as HTML: a drawing with a text in its place, a legend, and its numbers as a table. */
export const linePlot = (plot: LinePlot): string => {
  const { id, title, description, series } = plot;
  const equal =
    plot.diagonal === true
      ? `<line class="equal" x1="${at(across(plot, plot.x.from))}" y1="${at(down(plot, plot.x.from))}" x2="${at(across(plot, plot.x.to))}" y2="${at(down(plot, plot.x.to))}"/>`
      : '';
  const drawn = series.map((one, place) => line(plot, one, place)).join('');
  return `<section><h2 id="${id}">${escaped(title)}</h2><p>${escaped(description)}</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}">${axes(plot)}${equal}${drawn}</svg>
${legend(series)}${numbers(plot)}</section>`;
};
