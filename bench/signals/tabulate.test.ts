import type { Event } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { rejudge } from '../../packages/engine/src/rejudge.ts';
import { sampleEvent } from '../../packages/server/src/storage/testing/sample-event.ts';
import { type Client, type Tabulated, tabulated } from './clients/client.ts';
import { confusionTable, evidenceList, missingList } from './tables.ts';
import { tabulate } from './tabulate.ts';
import type { Visit } from './visit.ts';

const NOTHING = Object.fromEntries(tabulated.map((name) => [name, false])) as Record<Tabulated, boolean>;

const client = (is: Tabulated[], either: Tabulated[] = []): Client => ({
  about: 'a client',
  is,
  either,
  open: async () => async () => undefined,
});

const plainEvent = sampleEvent();
const drivenEvent: Event = rejudge(plainEvent, {
  automation: {
    value: { webdriver: true, globals: [], navigatorOwn: [], patched: [], disguised: [] },
    duration: 1,
  },
}).event;

const withTor = (state: 'clear' | 'unknown'): Visit => ({
  detected: NOTHING,
  event: { ...plainEvent, signals: { ...plainEvent.signals, tor: { state, confidence: 0, data: {}, evidence: [] } } },
});

const [silent, cleared] = [withTor('unknown'), withTor('clear')];
const plain: Visit = { detected: NOTHING, event: plainEvent };
const bot: Visit = { detected: { ...NOTHING, botd: true }, event: drivenEvent };

describe('tabulate', () => {
  it('counts what was detected, and names the detectors and facts that spoke', () => {
    const row = tabulate('driver', client(['botd']), [bot, bot]);
    expect(row.cells.botd).toMatchObject({ detected: 2, runs: 2, verdict: 'right' });
    expect(row.cells.vpn).toMatchObject({ detected: 0, unknown: 0, verdict: 'right' });
    expect(row.cells.incognito).toMatchObject({ detected: 0, unknown: 2, verdict: 'unknown' });
    expect(row.detectors).toEqual({ webdriver: 2 });
    expect(row.facts.botd).toEqual({ 'browser says that a driver controls it': 2 });
    expect(row.types).toEqual({ webdriver: 2 });
  });

  it('calls one visit that escapes, and one that is accused, wrong', () => {
    expect(tabulate('driver', client(['botd']), [bot, plain]).cells.botd.verdict).toBe('wrong');
    expect(tabulate('person', client([]), [bot, plain]).cells.botd.verdict).toBe('wrong');
    expect(tabulate('either', client([], ['botd']), [bot, plain]).cells.botd.verdict).toBe('either');
  });

  it('calls a signal that was unknown in every visit neither right nor wrong, unless it was to be detected', () => {
    const verdictOn = (who: Client, visits: Visit[]) => tabulate('one', who, visits).cells.tor.verdict;
    expect(verdictOn(client([]), [silent, silent])).toBe('unknown');
    expect(verdictOn(client([], ['tor']), [silent, silent])).toBe('unknown');
    expect(verdictOn(client([]), [silent, cleared])).toBe('right');
    expect(verdictOn(client(['tor']), [silent, silent])).toBe('wrong');
  });

  it('tells failed visits apart, by their reasons', () => {
    const row = tabulate('driver', client(['botd']), [bot, { failed: 'it hung' }, { failed: 'it hung' }]);
    expect(row.cells.botd).toMatchObject({ detected: 1, runs: 1 });
    expect(row.failed).toEqual({ 'it hung': 2 });
    expect(missingList([row], new Map([['firefox', 'no Firefox']]))).toBe(
      'NOT RUN firefox: no Firefox\nFAILED driver: it hung 2',
    );
  });
});

describe('the tables', () => {
  const rows = [tabulate('driver', client(['botd']), [bot, plain]), tabulate('person', client([]), [plain])];

  it('have a row for each client, with wrong cells marked', () => {
    const [, driver, person] = confusionTable(rows).split('\n');
    expect(driver).toMatch(/^driver +1\/2 !/);
    expect(person).toMatch(/^person +0\/1/);
  });

  it('say unknown where every visit was, and mark it where the signal was missed', () => {
    const table = (is: Tabulated[]) => confusionTable([tabulate('one', client(is), [silent, silent])]);
    expect(table([])).toContain('unknown 2/2 ');
    expect(table([]).split('\n')[1]).not.toContain('!');
    expect(table(['tor'])).toContain('unknown 2/2 !');
    expect(confusionTable([tabulate('one', client([]), [silent, cleared])])).toContain('0/2 ?1');
  });

  it('count failed visits beside the others', () => {
    const table = confusionTable([tabulate('one', client([]), [plain, { failed: 'it hung' }, { failed: 'it fell' }])]);
    expect(table.split('\n')[1]).toMatch(/^one +2 +0\/1 /);
  });

  it('tell why, of those of whom anything was detected', () => {
    expect(evidenceList(rows)).toContain('detectors: webdriver 1; types: webdriver 1');
    expect(evidenceList(rows)).not.toContain('person');
  });
});
