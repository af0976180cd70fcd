import { describe, expect, it } from 'vitest';
import { useWireSite } from './testing/use-wire-site.ts';
import { openPage } from './testing/visit-page.ts';

const site = useWireSite();

const VISIT = `importModule('/v3/key').then(({ load }) => load()).then((agent) => agent.get()).then(() => true)`;

/** What the first observation says, of a visit that a script of the driver's starts, with a user's gesture or without. */
const gestureSeen = async (userGesture: boolean, init = ''): Promise<unknown> => {
  const { page, context, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: VISIT, awaitPromise: true, userGesture });
  await close();
  return (site.whorl.observations.at(-1)?.sources.developerTools?.v as { gestureWithoutInput?: boolean } | undefined)
    ?.gestureWithoutInput;
};

describe('a gesture without input', () => {
  it('is seen where a driver runs a script as if by a user', async () => {
    expect(await gestureSeen(true)).toBe(true);
  });

  it('is not seen where nothing activates the page', async () => {
    expect(await gestureSeen(false)).toBe(false);
  });

  it('is not looked for in a page with frames that was activated before: a click in one activates all', async () => {
    const frame =
      "addEventListener('DOMContentLoaded', () => document.documentElement.append(document.createElement('iframe')));";
    expect(await gestureSeen(true, frame)).toBeUndefined();
  });

  it('is not seen where input came first', async () => {
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`);
    await page.mouse.click(5, 5);
    const before = site.whorl.observations.length;
    await page.evaluate(VISIT);
    await close();
    expect(site.whorl.observations[before]?.sources.developerTools?.v).toMatchObject({ gestureWithoutInput: false });
  });
});

describe('a click in a frame, which activates the page around it', () => {
  /** A page that visits by itself, and the click while it is watched: nothing of the driver's runs in it. */
  const afterClick = async (inFrame: string): Promise<unknown> => {
    site.whorl.serve(
      '/framed',
      `<!doctype html><iframe style="position:fixed;inset:0;width:100%;height:100%" srcdoc="${inFrame}"></iframe>
      <script type="module">const { load } = await import('/v3/key'); await (await load()).get();</script>`,
    );
    const before = { first: site.whorl.observations.length, last: site.whorl.supplements.length };
    const { page, context, close } = await openPage(site.browser, `${site.whorl.origin}/framed`);
    await expect.poll(() => site.whorl.observations.length, { timeout: 8_000 }).toBe(before.first + 1);
    await page.mouse.click(50, 50, { delay: 40 });
    await expect.poll(() => site.whorl.supplements.length, { timeout: 8_000 }).toBe(before.last + 1);
    // Without a gesture of its own, so that the answer is the click's.
    const asked = await (await context.newCDPSession(page)).send('Runtime.evaluate', {
      expression: 'navigator.userActivation.hasBeenActive',
    });
    await close();
    expect(asked.result.value).toBe(true);
    return site.whorl.supplements.at(-1)?.sources.developerTools?.v;
  };

  it('is no gesture without input', async () => {
    expect(await afterClick('<p>Read on</p>')).toMatchObject({ gestureWithoutInput: false });
  });

  it('is none either where the frame goes with the click, as those that ask for consent do', async () => {
    const gone = "<body onclick='frameElement.remove()'>Accept";
    expect(await afterClick(gone)).toMatchObject({ gestureWithoutInput: false });
  });
});

describe('a native function behind a proxy', () => {
  it('is named, though it prints as native', async () => {
    const init = `
      HTMLMediaElement.prototype.canPlayType = new Proxy(HTMLMediaElement.prototype.canPlayType, {
        apply: (method, owner, values) => Reflect.apply(method, owner, values),
      });`;
    const { page, close } = await openPage(site.browser, `${site.whorl.origin}/blank`, init);
    await page.evaluate(VISIT);
    const text = await page.evaluate(() => String(HTMLMediaElement.prototype.canPlayType));
    await close();
    expect(text).toContain('[native code]');
    expect(site.whorl.observations.at(-1)?.sources.automation?.v).toMatchObject({
      disguised: ['HTMLMediaElement.canPlayType'],
      patched: [],
    });
  });
});
