import { describe, expect, it } from 'vitest';
import { useWireSite } from '../testing/use-wire-site.ts';
import { openPage } from '../testing/visit-page.ts';

const site = useWireSite();

describe('faces', () => {
  it('tells onAnswer all that the server said, before get resolves', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const told = await page.evaluate(async () => {
      const order: unknown[] = [];
      const { load } = await window.importModule('/v3/key');
      const agent = await load({ onAnswer: ({ proof }) => order.push(proof) });
      order.push((await agent.get()).requestId);
      return order;
    });
    await close();
    expect(told).toEqual([expect.stringMatching(/^proof-/), expect.stringMatching(/^1700000000000\./)]);
  });

  it('gets again on the same page with fresh values and without the slow sources’ time', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const [firstMs, secondMs] = await page.evaluate(async () => {
      const begin = performance.now();
      const { load } = await window.importModule('/v3/key');
      const agent = await load();
      await agent.get();
      const middle = performance.now();
      history.pushState(null, '', '/blank?next');
      await agent.get();
      return [middle - begin, performance.now() - middle] as const;
    });
    await close();
    const [first, second] = site.whorl.observations;
    expect(second?.url).toBe(`${site.whorl.origin}/blank?next`);
    expect(second?.nonce).not.toBe(first?.nonce);
    expect(Object.keys(second?.sources ?? {}).sort()).toEqual(Object.keys(first?.sources ?? {}).sort());
    expect(secondMs).toBeLessThan(firstMs / 2);
  });

  it('answers the v4 loader in its own words, from the cache the second time', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const results = await page.evaluate(async () => {
      const { start } = await window.importModule('/web/v4/key?ci=jsl/4.1.5');
      const agent = start({ cache: { storage: 'sessionStorage', duration: 60 } });
      return [await agent.get({ tags: { a: 1 } }), await agent.get({ tags: { a: 1 } }), await agent.get()];
    });
    await close();
    expect(results[0]).toEqual({
      event_id: expect.stringMatching(/^1700000000000\./),
      visitor_id: 'a'.repeat(20),
      suspect_score: 7,
      sealed_result: null,
      cache_hit: false,
    });
    expect(results[1]).toEqual({ ...results[0], cache_hit: true });
    expect(results[2]).toMatchObject({ cache_hit: false });
    expect(site.whorl.observations.map(({ tag }) => tag)).toEqual([{ a: 1 }, undefined]);
  });

  it('hands over what is sealed, and shows nothing else', async () => {
    site.whorl.sealedResult = btoa('sealed');
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const results = await page.evaluate(async () => {
      const { load } = await window.importModule('/v3/key');
      const v3 = await load();
      const { start } = await window.importModule('/v4/key');
      const v4 = start({ cache: { storage: 'agent', duration: 60 } });
      const formsOf = async () => {
        const { sealed_result, ...open } = await v4.get();
        if (sealed_result === null) throw new Error('nothing is sealed');
        const { size } = sealed_result.blob();
        const bytes = String.fromCharCode(...sealed_result.byteArray());
        return {
          open,
          size,
          bytes,
          texts: [sealed_result.base64(), `${sealed_result}`, JSON.parse(JSON.stringify(sealed_result))],
        };
      };
      return {
        plain: await v3.get(),
        extended: await v3.get({ extendedResult: true }),
        fresh: await formsOf(),
        kept: await formsOf(),
      };
    });
    await close();
    site.whorl.sealedResult = undefined;

    const hidden = { visitorId: '', visitorFound: false, confidence: { score: 0 } };
    const requestId = expect.stringMatching(/^1700000000000\./);
    const zeroTrust = { hiddenFields: Object.keys(hidden) };
    expect(results.plain).toEqual({ requestId, ...hidden, sealedResult: btoa('sealed'), zeroTrust });
    expect(results.extended).toMatchObject({ ...hidden, ip: '', os: '', firstSeenAt: { global: null } });
    expect(results.extended).toHaveProperty(
      'zeroTrust.hiddenFields',
      expect.arrayContaining(['visitorId', 'ip', 'os']),
    );
    const forms = { size: 6, bytes: 'sealed', texts: [btoa('sealed'), btoa('sealed'), btoa('sealed')] };
    expect(results.fresh).toEqual({ ...forms, open: { event_id: requestId, cache_hit: false } });
    expect(results.kept).toEqual({ ...forms, open: { ...results.fresh.open, cache_hit: true } });
    expect(site.whorl.observations.slice(-3).map(({ api }) => api)).toEqual(['v3', 'v3', 'v4']);
  });

  it('sets the global that the v3 loader looks for, and finds its server by the script’s address', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await page.addScriptTag({ url: '/v3/key/loader_v3.0.0.js' });
    const result = await page.evaluate('window.__fpjs_p_l_b.load({ ldi: {} }).then((agent) => agent.get())');
    await close();
    expect(result).toMatchObject({ visitorId: 'a'.repeat(20) });
  });

  it('refuses collect() and says what to do instead', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    const messages = await page.evaluate(async () => {
      const { load } = await window.importModule('/v3/key');
      const { start } = await window.importModule('/v4/key');
      const of = (promise: Promise<unknown>) =>
        promise.catch((error: Error & { code?: string }) => [error.message, error.code]);
      return [await of((await load()).collect()), await of(start().collect())];
    });
    await close();
    expect(messages).toEqual([
      [expect.stringContaining('Use get()'), undefined],
      [expect.stringContaining('Use get()'), 'feature_not_enabled'],
    ]);
  });
});
