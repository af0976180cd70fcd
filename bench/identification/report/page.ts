import { escaped } from './escaped.ts';
import type { Results } from './figures.ts';
import { plotsOf } from './plots.ts';
import { tableOf } from './table.ts';

/** What a run was: shown above its figures. */
export type About = { readonly [fact: string]: string | number | boolean };

const COLOURS = [
  '#0b6e4f',
  '#b3261e',
  '#1f4fa3',
  '#8a5a00',
  '#6b2fa0',
  '#00687a',
  '#9c2c77',
  '#4a4a4a',
  '#5f6b00',
  '#c2410c',
];
const DARK = [
  '#5bd6a5',
  '#ff8a80',
  '#8ab4ff',
  '#f2c14e',
  '#cfa6ff',
  '#5fd3e8',
  '#ff9ad5',
  '#c8c8c8',
  '#d4e157',
  '#ffb074',
];
const DASHES = ['none', '8 4', '2 3', '10 3 2 3'];

const looks = (colours: readonly string[]): string =>
  colours
    .map((colour, place) => {
      const dash = DASHES[Math.floor(place / 2) % DASHES.length] ?? 'none';
      return `.look-${place}{stroke:${colour};fill:${colour};stroke-dasharray:${dash}}`;
    })
    .join('');

const style = `:root{color-scheme:light dark;--grid:#d0d0d0}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
h1,h2{line-height:1.2}svg{max-width:44rem;width:100%;height:auto;font-size:12px;fill:currentColor}
.grid{stroke:var(--grid)}.equal{stroke:currentColor;stroke-dasharray:4 4}
.line polyline{fill:none;stroke-width:2}.line circle,.line rect,.line path{stroke-dasharray:none}
${looks(COLOURS)}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}.legend svg{width:36px;vertical-align:middle}
pre{overflow-x:auto;font-size:13px}table{border-collapse:collapse}th,td{padding:.1rem .75rem .1rem 0;text-align:left}
@media(prefers-color-scheme:dark){:root{--grid:#444}${looks(DARK)}}`;

const facts = (rows: About): string =>
  `<table><tbody>${Object.entries(rows)
    .map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(String(value))}</td></tr>`)
    .join('')}</tbody></table>`;

/** The page of a run: complete in itself, so that it can be read without a network. */
export const pageOf = (about: About, results: Results, figures: About, visitors: number): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Identification: ${escaped(String(about.scenario))}, ${visitors.toLocaleString('en-US')} browsers</title>
<style>${style}</style></head><body><main>
<h1>Identification of simulated visitors</h1>
<p>All answered the same visits in one pass. Population and drift are simulated, so the figures compare these algorithms with each
other and say nothing of how another product does in the field. The oracles know every rate of the simulation and, of each
browser, what it showed before: the one that is told afterwards whose visit it was is the ceiling of what can be reached.</p>
${facts(about)}
${plotsOf(results)}
<section><h2>Tables</h2><p>Percent, but for days, times in microseconds and kilobytes a browser. * Windows outside fleets of clones.</p>
<pre tabindex="0">${escaped(tableOf(results, visitors))}</pre></section>
<section><h2>Figures</h2>${facts(figures)}</section>
</main></body></html>
`;
