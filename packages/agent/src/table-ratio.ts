import { now } from './clock.ts';

const ROUNDS = 3;
const CELLS = 50;

const isGecko = (): boolean => 'mozInnerScreenX' in window;

const lap = (action: () => void): number => {
  const start = now();
  action();
  return now() - start;
};

/**
 * How many times as long `console.table` takes as `console.log`, the quickest of {@link ROUNDS} each, so that a single
 * stall of the page cannot make it high; undefined outside Firefox. Firefox draws tables only for open developer tools.
 * Clocks there tick by the millisecond, so shorter times count as one. What it prints stays folded in one line.
 */
export const measureTableRatio = (): number | undefined => {
  if (!isGecko()) return undefined;
  const row = Object.fromEntries(Array.from({ length: CELLS }, (_, index) => [`c${index}`, index]));
  const rows = Array.from({ length: CELLS * 2 }, () => row);
  const tables: number[] = [];
  const logs: number[] = [];
  console.groupCollapsed('Whorl: how fast does this console draw?');
  for (let round = 0; round < ROUNDS; round++) {
    logs.push(lap(() => console.log(round)));
    tables.push(lap(() => console.table(rows)));
  }
  console.groupEnd();
  return Math.round((Math.min(...tables) / Math.max(1, Math.min(...logs))) * 10) / 10;
};
