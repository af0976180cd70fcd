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

const plain: Visit = { detected: NOTHING, event: plainEvent };
const bot: Visit = { detected: { ...NOTHING, botd: true }, event: drivenEvent };

describe('tabulate', () => {
  it('counts what was detected, and names the detectors and facts that spoke', () => {
    const row = tabulate('driver', client(['botd']), [bot, bot]);
    expect(row.cells.botd).toMatchObject({ detected: 2, runs: 2, verdict: 'right' });
    expect(row.cells.incognito).toMatchObject({ detected: 0, verdict: 'right' });
    expect(row.detectors).toEqual({ webdriver: 2 });
    expect(row.facts.botd).toEqual({ 'browser says that a driver controls it': 2 });
    expect(row.types).toEqual({ webdriver: 2 });
  });

  it('calls one visit that escapes, and one that is accused, wrong', () => {
    expect(tabulate('driver', client(['botd']), [bot, plain]).cells.botd.verdict).toBe('wrong');
    expect(tabulate('person', client([]), [bot, plain]).cells.botd.verdict).toBe('wrong');
    expect(tabulate('either', client([], ['botd']), [bot, plain]).cells.botd.verdict).toBe('either');
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

  it('tell why, of those of whom anything was detected', () => {
    expect(evidenceList(rows)).toContain('detectors: webdriver 1; types: webdriver 1');
    expect(evidenceList(rows)).not.toContain('person');
  });
});
