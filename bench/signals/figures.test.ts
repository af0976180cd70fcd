import { describe, expect, it } from 'vitest';
import { type Tabulated, tabulated } from './clients/client.ts';
import { reportOf } from './figures.ts';
import type { Cell, Row } from './tabulate.ts';

const cell = (changes: Partial<Cell> = {}): Cell => ({
  detected: 0,
  unknown: 0,
  runs: 3,
  verdict: 'right',
  ...changes,
});

const row = (client: string, cells: Partial<Record<Tabulated, Cell>>, failed: Row['failed'] = {}): Row => ({
  client,
  cells: { ...(Object.fromEntries(tabulated.map((name) => [name, cell()])) as Row['cells']), ...cells },
  failed,
  detectors: {},
  facts: {},
  types: {},
});

const report = (...rows: Row[]) => reportOf(rows, new Map(), undefined);

describe('reportOf', () => {
  it('has a figure for each cell, with what was unknown in it', () => {
    const { figures } = report(row('one', { botd: cell({ detected: 2, unknown: 1, verdict: 'wrong' }) }));
    expect(figures['botd.one']).toEqual({ detected: 2, runs: 3, unknown: 1 });
    expect(figures['vpn.one']).toEqual({ detected: 0, runs: 3 });
    expect(Object.keys(figures)).toHaveLength(tabulated.length);
  });

  it('claims nothing of a cell that was always unknown, and names it in a place of its own', () => {
    const { figures, unknown } = report(row('one', { vpn: cell({ unknown: 3, verdict: 'unknown' }) }));
    expect(figures).not.toHaveProperty(['vpn.one']);
    expect(unknown).toEqual({ 'vpn.one': 3 });
  });

  it('keeps a signal among the figures that was missed in every visit', () => {
    const { figures, unknown } = report(row('one', { vpn: cell({ unknown: 3, verdict: 'wrong' }) }));
    expect(figures['vpn.one']).toEqual({ detected: 0, runs: 3, unknown: 3 });
    expect(unknown).toEqual({});
  });

  it('has failures and missing clients apart from the figures', () => {
    const rows = [row('one', {}, { 'it hung': 2 }), row('two', {})];
    const judging = { judge: 40, p99: 90, stringify: 50, ratio: 0.8 };
    const { figures, failed, notRun } = reportOf(rows, new Map([['firefox', 'no Firefox']]), judging);
    expect(failed).toEqual({ one: { 'it hung': 2 } });
    expect(notRun).toEqual({ firefox: 'no Firefox' });
    expect(figures['botd.one']).toEqual({ detected: 0, runs: 3 });
    expect(figures).toMatchObject({ judgeMicroseconds: 40, judgeMicrosecondsP99: 90, judgeAgainstStringify: 0.8 });
  });

  it('leaves out a client of which no visit came to anything', () => {
    const none = Object.fromEntries(tabulated.map((name) => [name, cell({ runs: 0 })])) as Row['cells'];
    expect(report(row('one', none, { 'it hung': 6 })).figures).toEqual({});
  });
});
