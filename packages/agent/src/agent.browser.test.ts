import { type SourceName, sourceNames, sourceSchemas, WireObservation, WireSupplement } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useWireSite } from './testing/use-wire-site.ts';
import { openPage, visitV3 } from './testing/visit-page.ts';

const site = useWireSite();

/** Waits for what arrives without the page waiting for it. */
const until = async (condition: () => boolean, ms = 8_000): Promise<void> => {
  for (const end = Date.now() + ms; !condition() && Date.now() < end; ) await new Promise((ok) => setTimeout(ok, 50));
};

/** DevTools and drivers answer the console probe at once; without their listening the watch goes on. */
const QUIET_CONSOLE = 'console.debug = console.debug.bind({}); Object.defineProperty(console, "debug", { value() {} })';

describe('an observation', () => {
  it('has every source settled, with a value that the contract accepts or a plain absence', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const ended = await visitV3(page);
    await close();
    expect(ended).toMatchObject({ value: { visitorFound: true, confidence: { score: 0.9 } } });

    const [observation] = site.whorl.observations;
    expect([...Compile(WireObservation).Errors(observation)]).toEqual([]);
    const sources = observation?.sources ?? {};
    const failed = Object.entries(sources).filter(([, { e }]) => e !== undefined);
    expect(failed).toEqual([]);
    expect(Object.keys(sources).sort()).toEqual([...sourceNames].sort());
    for (const name of sourceNames) {
      const component = sources[name];
      if (component === undefined || !('v' in component)) continue;
      expect([name, [...Compile(sourceSchemas[name as SourceName]).Errors(component.v)]]).toEqual([name, []]);
    }
  });

  it('is made on a page that has frozen the objects of the language', async () => {
    const freeze = 'Object.freeze(Error); Object.freeze(Error.prototype);';
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, freeze);
    const ended = await visitV3(page);
    await close();
    expect(ended).toHaveProperty('value');
    expect(site.whorl.observations[0]?.sources.developerTools?.v).toMatchObject({ stackTraceHits: 0, probes: 0 });
  });

  it('knows what this browser is', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await visitV3(page);
    const userAgent = await page.evaluate(() => navigator.userAgent);
    await close();
    const value = (name: SourceName) => site.whorl.observations[0]?.sources[name]?.v;
    expect(value('userAgent')).toBe(userAgent);
    expect(value('worker')).toMatchObject({ userAgent, timezone: expect.any(String) });
    expect(value('iframe')).toMatchObject({ userAgent, timezone: expect.any(String) });
    expect(value('engine')).toMatchObject({ evalLength: 33, errorMessage: expect.stringContaining('toFixed') });
    expect(value('automation')).toMatchObject({ webdriver: true, navigatorOwn: [], patched: [], consoleHooked: true });
    expect(value('botd')).toMatchObject({ kind: expect.any(String) });
    expect(value('incognito')).toMatchObject({ isPrivate: true });
    expect(value('developerTools')).toMatchObject({ stackTraceHits: expect.any(Number) });
  });

  it('carries tag, linked id, wrappers and the page’s address', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank?a=1#b`);
    await visitV3(
      page,
      { integrationInfo: ['react-sdk/2.1.0/react/18.0.0'], urlHashing: { query: true } },
      { tag: 'scalar', linkedId: 'order 7', extendedResult: true },
    );
    await close();
    expect(site.whorl.observations[0]).toMatchObject({
      tag: 'scalar',
      linkedId: 'order 7',
      extended: true,
      url: expect.stringMatching(/\/blank\?[\w-]{0,43}#b$/),
      sdk: { platform: 'js', integrations: [{ name: 'react-sdk', subintegration: { name: 'react' } }] },
    });
  });

  it('says where the visitor came from, without what was looked for there', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank?q=illness#top`);
    await visitV3(page);
    await page.evaluate(() => location.assign('/blank?a=1'));
    await page.waitForURL('**/blank?a=1');
    await visitV3(page);
    await close();
    expect(site.whorl.observations.map(({ referrer }) => referrer)).toEqual(['', `${site.whorl.origin}/blank`]);
  });

  it('has fewer than 12 kB', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await visitV3(page);
    await close();
    expect(JSON.stringify(site.whorl.observations[0]).length).toBeLessThan(12_000);
  });
});

describe('the budget', () => {
  it('sends what it has when a source hangs, and the rest in one supplement', async () => {
    const slow = `
      MediaDevices.prototype.enumerateDevices = () => new Promise(() => undefined);
      StorageManager.prototype.persisted = () => new Promise((ok) => setTimeout(ok, 1_800, false));`;
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, slow);
    const ended = await visitV3(page, {}, { timeout: 2_000 });
    expect(ended).toHaveProperty('value');
    const { start = 0, end = 0 } = site.whorl.observations[0]?.timing ?? {};
    // Half of the caller's time is the most that collecting may take.
    expect(end - start).toBeGreaterThan(900);
    expect(end - start).toBeLessThan(1_500);
    expect(site.whorl.observations[0]?.sources).not.toHaveProperty('mediaDevices');
    expect(site.whorl.observations[0]?.sources).not.toHaveProperty('storageFacts');
    await until(() => site.whorl.supplements.length > 0);
    await close();
    const [supplement, ...others] = site.whorl.supplements;
    expect(others).toEqual([]);
    expect([...Compile(WireSupplement).Errors(supplement)]).toEqual([]);
    expect(supplement?.sources).toMatchObject({
      mediaDevices: { e: ['SourceTimeout', expect.any(String)] },
      storageFacts: { v: { persisted: false } },
    });
  });
});

describe('the supplement', () => {
  it('brings the last word of the console probes, with the answer’s proof', async () => {
    site.whorl.answer = { requestId: '1700000000000.proven', proof: 'the-proof' };
    const { page, close } = await openPage(
      site.browser,
      `${site.whorl.origin}/blank`,
      `${QUIET_CONSOLE}; Function.prototype.toString = new Proxy(Function.prototype.toString, { apply: (f, self, args) => self === console.debug ? 'function debug() { [native code] }' : Reflect.apply(f, self, args) });`,
    );
    await visitV3(page);
    expect(site.whorl.observations[0]?.sources.developerTools?.v).toMatchObject({ stackTraceHits: 0 });
    await until(() => site.whorl.supplements.length > 0);
    await close();
    expect(site.whorl.supplements).toHaveLength(1);
    const [supplement] = site.whorl.supplements;
    expect(supplement).toMatchObject({ requestId: '1700000000000.proven', proof: 'the-proof' });
    const probes = supplement?.sources.developerTools?.v as { elapsed: number; probes: number };
    expect(probes.elapsed).toBeGreaterThan(2_300);
    expect(probes.probes).toBeGreaterThan(8);
  });

  it('does not come where the first word was the last', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await visitV3(page);
    await page.waitForTimeout(3_000);
    await close();
    expect(site.whorl.supplements).toEqual([]);
  });

  it('is not waited for when the page goes away', async () => {
    const wrapped = 'const debug = console.debug; console.debug = (...args) => debug(...args);';
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, wrapped);
    await visitV3(page);
    await page.goto('about:blank');
    await until(() => site.whorl.supplements.length > 0, 1_500);
    await close();
    // An error reporter that wraps the console would itself look like a listener, so nothing is probed through it.
    expect(site.whorl.supplements[0]?.sources.developerTools?.v).toMatchObject({ stackTraceHits: 0, probes: 0 });
  });

  it('leaves Error.prepareStackTrace as the page had it', async () => {
    const { page, close } = await openPage(
      site.browser,
      `${site.whorl.origin}/blank`,
      'window.mine = () => "mine"; Error.prepareStackTrace = window.mine;',
    );
    await visitV3(page);
    const isKept = await page.evaluate(() => Reflect.get(Error, 'prepareStackTrace') === Reflect.get(window, 'mine'));
    await close();
    expect(isKept).toBe(true);
  });
});
