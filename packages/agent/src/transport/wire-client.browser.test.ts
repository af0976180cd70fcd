import { describe, expect, it } from 'vitest';
import { useWireSite } from '../testing/use-wire-site.ts';
import { openPage, visitV3 } from '../testing/visit-page.ts';
import type { Fault, WireServer } from '../testing/wire-server.ts';

const site = useWireSite();

const visitWith = async (
  faults: Partial<WireServer['faults']>,
  timeout?: number,
  url = `${site.whorl.origin}/blank`,
) => {
  site.whorl.faults = { start: faults.start ?? [], ingest: faults.ingest ?? [] };
  const { page, close } = await openPage(site.browser, url);
  const load = url.startsWith(site.whorl.origin) ? {} : { script: `${site.whorl.origin}/v3/key` };
  const ended = await visitV3(page, load, timeout === undefined ? {} : { timeout });
  await close();
  return ended;
};

const refused = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status,
  code,
  headers,
});
const failsWith = (message: string) => ({ error: { name: 'Error', message } });
const asked = (end: string) => site.whorl.requests.filter(({ path }) => path.endsWith(end));

describe('the wire', () => {
  it('takes two requests, the first while sources are still at work', async () => {
    expect(await visitWith({})).toHaveProperty('value');
    expect(site.whorl.requests.map(({ path }) => path)).toEqual([
      '/ingest/v1/test_public_key/start',
      '/ingest/v1/test_public_key',
    ]);
    expect((site.whorl.requests[1]?.time ?? 0) - (site.whorl.requests[0]?.time ?? 0)).toBeGreaterThan(50);
  });

  it('is spoken across origins, with cookies', async () => {
    const { origin } = site.whorl;
    const other = origin.replace('127.0.0.1', 'localhost');
    expect(await visitWith({}, undefined, `${other}/blank`)).toHaveProperty('value');
    // A worker must come from the page's own origin, so there is none here.
    expect(site.whorl.observations[0]?.sources.worker).toEqual({ d: expect.any(Number) });
  });

  it.each<[string, Fault]>([
    ['a 503', refused(503, 'Failed')],
    ['a 429', refused(429, 'TooManyRequests')],
    ['a proxy’s error page', { kind: 'status', status: 502, code: 'Failed' }],
  ])('is spoken again after %s, each time with a nonce of its own', async (_, fault) => {
    expect(await visitWith({ ingest: [fault, fault] })).toHaveProperty('value');
    expect(site.whorl.observations).toHaveLength(1);
    expect(asked('/test_public_key')).toHaveLength(3);
    expect(asked('/start')).toHaveLength(3);
  });

  it('is spoken again after a lost connection', async () => {
    // How often is Chromium's affair: it repeats requests of its own when a connection that it kept is gone.
    expect(await visitWith({ ingest: [{ kind: 'drop' }, { kind: 'drop' }] })).toHaveProperty('value');
    expect(site.whorl.observations).toHaveLength(1);
  });

  it('is spoken again when the start request failed', async () => {
    expect(await visitWith({ start: [{ kind: 'drop' }, refused(500, 'Failed')] })).toHaveProperty('value');
  });

  it('gets another nonce after a sleep that the page’s own clock did not notice', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await page.evaluate(async () => {
      const { load } = await window.importModule('/v3/key');
      const agent = await load();
      await agent.get();
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      await agent.get();
    });
    await close();
    expect(asked('/start')).toHaveLength(2);
    expect(new Set(site.whorl.observations.map(({ nonce }) => nonce)).size).toBe(2);
  });

  it('waits as long as Retry-After asks', async () => {
    expect(await visitWith({ ingest: [refused(429, 'TooManyRequests', { 'retry-after': '1' })] })).toHaveProperty(
      'value',
    );
    const [first, second] = asked('/test_public_key');
    expect((second?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThanOrEqual(990);
  });
});

describe('failures', () => {
  it.each<[string, Fault, string]>([
    ['an unknown key', refused(403, 'PublicKeyNotFound'), 'API key not found'],
    ['a missing key', refused(403, 'PublicKeyRequired'), 'API key required'],
    ['a foreign origin', refused(403, 'OriginNotAllowed'), 'Not available for this origin'],
    ['a tag too large', refused(413, 'TagTooLarge'), 'Request cannot be parsed'],
    ['another version', refused(400, 'UnsupportedVersion'), 'Unsupported version'],
    [
      'a rate limit that lasts',
      refused(429, 'TooManyRequests', { 'retry-after': '60' }),
      'Too many requests, rate limit exceeded',
    ],
    ['text that is no JSON', { kind: 'text', body: '<html>' }, 'Response cannot be parsed'],
    ['JSON that is no answer', { kind: 'text', body: '{"ok":true}' }, 'Response cannot be parsed'],
  ])('%s is told in the loader’s words', async (_, fault, message) => {
    expect(await visitWith({ ingest: [fault] })).toEqual(failsWith(message));
    expect(site.whorl.observations).toEqual([]);
  });

  it('a server that never answers is a timeout, when the caller’s time is over', async () => {
    const start = Date.now();
    expect(await visitWith({ ingest: [{ kind: 'hang' }] }, 1_000)).toEqual(failsWith('Client timeout'));
    expect(Date.now() - start).toBeLessThan(3_000);
  });

  it('a server that is not there is a network error', async () => {
    const drops = Array<Fault>(9).fill({ kind: 'drop' });
    expect(await visitWith({ start: drops })).toEqual(failsWith('Network connection error'));
  });

  it('an endpoint that is no address is refused at once', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const ended = await visitV3(page, { endpoint: 'not a url' });
    await close();
    expect(ended).toEqual(failsWith('The endpoint parameter is not a valid URL'));
  });

  it('the second endpoint steps in for the first', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    site.whorl.faults = { start: [], ingest: [] };
    const ended = await visitV3(page, { endpoint: ['http://127.0.0.1:9', site.whorl.origin] });
    await close();
    expect(ended).toHaveProperty('value');
  });
});

describe('a strict Content-Security-Policy', () => {
  const LISTEN = `
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      window.violations.push(effectiveDirective + ' ' + blockedURI);
    });`;
  const CALL = `
    import('/v3/key').then((module) => module.load()).then((agent) => agent.get()).then(
      (result) => { window.ended = { value: result }; },
      (error) => { window.ended = { error: error.message }; },
    );`;

  const visitUnder = async (policy: string) => {
    site.whorl.faults = { start: [], ingest: [] };
    site.whorl.serve('/call.js', CALL);
    const html = '<!doctype html><title>strict</title><body><script src="/call.js"></script></body>';
    site.whorl.serve('/strict', html, { 'content-security-policy': policy });
    const { page, console, close } = await openPage(site.browser, `${site.whorl.origin}/strict`, LISTEN);
    await page.waitForFunction(() => Reflect.has(window, 'ended'));
    await page.waitForTimeout(200);
    const [ended, violations] = await Promise.all([page.evaluate('window.ended'), page.evaluate('window.violations')]);
    await close();
    return { ended, violations, errors: console.filter((line) => /^(?:error|warning|uncaught):/.test(line)) };
  };

  it('is kept to the letter, and every source still settles', async () => {
    const { ended, violations, errors } = await visitUnder(
      `default-src 'none'; script-src ${site.whorl.origin}; connect-src ${site.whorl.origin}`,
    );
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
    expect(ended).toHaveProperty('value');
    const failed = Object.entries(site.whorl.observations[0]?.sources ?? {}).filter(([, { e }]) => e !== undefined);
    expect(failed).toEqual([]);
    expect(site.whorl.observations[0]?.sources.worker).toHaveProperty('v');
  });

  it('without the endpoint in connect-src is told as such', async () => {
    const { ended } = await visitUnder(`default-src 'none'; script-src ${site.whorl.origin}`);
    expect(ended).toEqual({ error: 'Blocked by CSP' });
  });
});
