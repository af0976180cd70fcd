import { describe, expect, it } from 'vitest';
import { ImportReport } from './import-report.ts';

const report = ({ isDryRun = false, isTTY = false } = {}) => {
  const written: string[] = [];
  const screen = { isTTY, write: (text: string) => written.push(text) };
  return { report: new ImportReport('a.json', isDryRun, screen), text: () => written.join('') };
};

const counts = { imported: 3, known: 2, faulty: 1, noted: 0 };

describe('ImportReport', () => {
  it('tells the first faults and counts the rest', () => {
    const { report: told, text } = report();
    for (let line = 1; line <= 25; line++) told.fault(line, 'is not JSON');
    told.end();
    expect(text().match(/^a\.json:\d+: is not JSON$/gm)).toHaveLength(20);
    expect(text()).toContain('a.json:20: is not JSON\n… and 5 more\n');
  });

  it('tells each note once, with where it was first and how often', () => {
    const { report: told, text } = report();
    for (const line of [3, 5, 9]) told.note(line, 'bot is "zork", which is not known here');
    told.note(4, 'vpn is odd');
    told.end();
    expect(text()).toBe(
      'a.json:3: left out: bot is "zork", which is not known here (and in 2 more)\na.json:4: left out: vpn is odd\n',
    );
  });

  it('does not grow with the number of different notes', () => {
    const { report: told, text } = report();
    for (let at = 0; at < 1_000; at++) told.note(at, `${at} is no radius`);
    told.end();
    expect(text().match(/left out:/g)).toHaveLength(20);
    expect(text()).toContain('… and 980 other parts left out\n');
  });

  it('passes nothing on that a terminal would obey', () => {
    const { report: told, text } = report();
    told.fault(1, 'is not JSON: "\u001b[2J\u009b"');
    told.note(1, 'bot is "\u001b]0;x\u0007"');
    told.end();
    expect(text()).toBe('a.json:1: is not JSON: "\ufffd[2J\ufffd"\na.json:1: left out: bot is "\ufffd]0;x\ufffd"\n');
  });

  it('shows its progress on a terminal alone', () => {
    const terminal = report({ isTTY: true });
    terminal.report.progress(counts);
    expect(terminal.text()).toContain('\ra.json: 3 events imported');
    const file = report();
    file.report.progress(counts);
    expect(file.text()).toBe('');
  });

  it('sums up', () => {
    expect(report().report.summary(counts)).toBe('a.json: 3 events imported, 2 known already, 1 could not be read');
    expect(report({ isDryRun: true }).report.summary({ ...counts, noted: 2 })).toBe(
      'a.json: 3 events can be imported, 2 known already, 1 could not be read; of 2 a part was left out',
    );
  });
});
