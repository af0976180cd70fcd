import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@whorl/contract';
import { canRun, findChromium, findDisplay, findFirefox, otherFonts } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ELSEWHERE, HOME, homeMachine, type Machine, seesAddresses, visitFrom } from './machine.ts';
import { type Remembered, remember } from './remember.ts';

type Browser = 'chromium' | 'firefox';

const what = 'that a machine keeps its id when it moves, and that two machines get two';
const hasWindows = canRun(await findDisplay(), what);
const hasFirefox = canRun(await findFirefox(), what);
const browsers: Browser[] = hasWindows
  ? [...((await findChromium()).headed ? (['chromium'] as const) : []), ...(hasFirefox ? (['firefox'] as const) : [])]
  : [];
// Screens of any size, other fonts and fewer processors can only be had there.
const isLinux = process.platform === 'linux';

/** The visit of each browser at home, by which alone the server knows it. */
let home: Remembered<Partial<Record<Browser, Identity>>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whorl-machine-'));
  if (browsers.length === 0) return;
  home = await remember(seesAddresses, async (whorl) => {
    const known: Partial<Record<Browser, Identity>> = {};
    for (const browser of browsers) known[browser] = await visitFrom(whorl, browser, homeMachine);
    return known;
  });
});
afterAll(async () => {
  await home?.forget();
  await rm(folder, { recursive: true, force: true });
});

/** What has changed since the visit at home, and the attributes in which it shows. */
type Change = { how: string; change: Partial<Machine>; moved: string[] };

const anywhere: Change[] = [
  { how: 'after everything was cleared', change: {}, moved: [] },
  { how: 'in a private window', change: { incognito: true }, moved: [] },
  { how: 'in another time zone', change: { timezone: 'Asia/Tokyo' }, moved: ['timezone'] },
];

// Who comes from another network as well, after a single visit, may as often be somebody else.
const atHome: Change[] = [
  { how: 'with its languages in another order', change: { languages: 'fr,en-US' }, moved: ['language', 'languages'] },
  ...(isLinux
    ? [{ how: 'on a screen of another size', change: { screen: [2560, 1440] as const }, moved: ['screen'] }]
    : []),
];

const places = [
  { place: 'at home', address: HOME, gone: [], changes: [...anywhere, ...atHome] },
  { place: 'at another address', address: ELSEWHERE, gone: ['address', 'network'], changes: anywhere },
];

const movedOf = ({ explanation }: Identity): string[] =>
  explanation.reasons.filter(({ value }) => value === 'moved').map(({ fact }) => fact);

describe.each(browsers)('%s, with a profile that was never used', (browser) => {
  describe.each(places)('$place', ({ address, gone, changes }) => {
    it.each(changes)('has the same id $how', async ({ change, moved }) => {
      const seen = await home.again((whorl) => visitFrom(whorl, browser, { ...homeMachine, address, ...change }));
      const { visitorId } = home.told[browser] ?? {};
      expect(seen).toMatchObject({ visitorId, found: true, explanation: { method: 'key' } });
      expect(seen.confidence).toBeGreaterThanOrEqual(0.8);
      expect(movedOf(seen).sort()).toEqual([...gone, ...moved].sort());
    });
  });

  it.runIf(isLinux)('has another id on another machine, although both are at one address', async () => {
    const other: Machine = {
      ...homeMachine,
      screen: [1366, 768],
      processors: Math.ceil(cpus().length / 2),
      env: await otherFonts(folder),
      // Another graphics card: Chromium draws in software, whatever it did at home; Firefox names the one that it is told.
      args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      prefs: { 'webgl.override-unmasked-renderer': 'NVIDIA GeForce GTX 980' },
    };
    const seen = await home.again((whorl) => visitFrom(whorl, browser, other));
    expect(seen.visitorId).not.toBe(home.told[browser]?.visitorId);
    expect(seen).toMatchObject({ found: false, explanation: { method: 'new' } });
    expect(seen.confidence).toBeGreaterThanOrEqual(0.8);
  });
});

describe.runIf(browsers.length === 2)('Chromium and Firefox of one machine', () => {
  it('have two ids, each a new one', () => {
    const { chromium, firefox } = home.told;
    expect([chromium?.found, firefox?.found]).toEqual([false, false]);
    expect(chromium?.visitorId).not.toBe(firefox?.visitorId);
  });
});
