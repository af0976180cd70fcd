import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { expect, it } from 'vitest';
import { expectPinned } from '../../conformance/pin.ts';
import { compete } from './contest/compete.ts';
import { contestantNames } from './contest/contestants.ts';
import { type Options, readOptions } from './contest/options.ts';
import { figuresOf } from './report/figures.ts';

const everybody = Object.keys(contestantNames).filter((name) => name !== 'oracle-alone');

/** A small world of a seed for tuning, and worlds to learn from that are just large enough. */
const args =
  `--scenario web-mix --visitors 300 --days 45 --seed 4 --learn 500 --calibrate 500 --matchers ${everybody}`.split(' ');

/** What a machine's speed and memory decide. */
const ofTheMachine = ['memoryLinkP50Ms', 'memoryLinkP99Ms', 'memoryBytesPerVisitor'];

/** Figures to four decimals: one visit more or less shows. */
const rounded = (value: number): number => Number(value.toFixed(4));

it('replays a small scenario to the figures that are pinned', { timeout: 60_000 }, () => {
  const options = readOptions(args) as Options;
  const { summaries } = compete(options, { part: () => () => undefined, say: () => undefined });
  expect([...summaries.keys()]).toEqual(everybody);
  const figures = Object.entries(figuresOf({ summaries, links: [], bytes: new Map() }, options.visitors))
    .filter(([name]) => !ofTheMachine.includes(name))
    .map(([name, value]) => [name, rounded(value)] as const);
  const { scenario, visitors, days, seed, learn, calibrate } = options;
  const pinned = { scenario, visitors, days, seed, learn, calibrate, figures: Object.fromEntries(figures) };
  const file = join(REPOSITORY, 'bench/identification/pinned-figures.json');
  expectPinned(file, `${JSON.stringify(pinned, null, 2)}\n`);
});
