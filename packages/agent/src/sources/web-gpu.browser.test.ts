import { describe, expect, it } from 'vitest';
import { useWireSite } from '../testing/use-wire-site.ts';
import { openPage, visitV3 } from '../testing/visit-page.ts';

const site = useWireSite();

/** What FingerprintJS knows WebKit by. */
const AS_WEBKIT = `
  for (const name of ['ApplePayError', 'CSSPrimitiveValue', 'Counter', 'RGBColor', 'WebKitMediaKeys']) window[name] ??= class {};`;

/** Gives the page WebGPU as browsers have it: limits are getters of a prototype, features are a set. */
const withAdapter = (adapter: string): string => `
  class Limits { get maxBufferSize() { return this.size; } get maxBindGroups() { return 11; } }
  for (const name of ['maxBufferSize', 'maxBindGroups'])
    Object.defineProperty(Limits.prototype, name, { enumerable: true });
  const limits = (size) => Object.defineProperty(new Limits(), 'size', { value: size });
  Object.defineProperty(Navigator.prototype, 'gpu', { value: { requestAdapter: async () => ${adapter} } });`;

const visit = async (init: string) => {
  const { page, console: printed, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
  await visitV3(page);
  await close();
  return { webGpu: site.whorl.observations.at(-1)?.sources.webGpu, printed };
};

describe('webGpu', () => {
  it('tells limits and features in WebKit, whatever order they come in', async () => {
    const info = "info: { vendor: 'apple', architecture: '' }";
    const of = async (size: number, features: string) =>
      (await visit(AS_WEBKIT + withAdapter(`({ limits: limits(${size}), features: new Set([${features}]), ${info} })`)))
        .webGpu?.v;
    const phone = await of(2 ** 29, "'shader-f16', 'subgroups'");
    const hash = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(phone).toEqual({ vendor: 'apple', maxBufferSize: 2 ** 29, limits: hash, features: hash });
    expect(await of(2 ** 29, "'subgroups', 'shader-f16'")).toEqual(phone);
    expect(await of(2 ** 30, "'shader-f16', 'subgroups'")).not.toMatchObject({
      limits: (phone as { limits: string }).limits,
    });
  });

  it('is absent in WebKit without an adapter, and a failure where the browser refuses', async () => {
    expect((await visit(AS_WEBKIT + withAdapter('null'))).webGpu).not.toHaveProperty('v');
    const refused = await visit(AS_WEBKIT + withAdapter("Promise.reject(new DOMException('no', 'NotAllowedError'))"));
    expect(refused.webGpu).toMatchObject({ e: ['NotAllowedError', 'no'] });
  });

  it('is not asked for in Chromium, which would warn on the page’s console', async () => {
    const { webGpu, printed } = await visit(withAdapter("Promise.reject(new Error('asked'))"));
    expect(webGpu).not.toHaveProperty('v');
    expect(webGpu).not.toHaveProperty('e');
    expect(printed.filter((line) => line.startsWith('warning'))).toEqual([]);
  });
});
