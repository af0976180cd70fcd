import type { Browser, BrowserContext, Page } from '@whorl/testing';
import type { GetOptions, LoadOptions, V3Agent } from '../faces/v3.ts';
import type { ExtendedGetResult } from '../faces/v3-result.ts';
import type { StartOptions, V4Agent } from '../faces/v4.ts';

declare global {
  interface Window {
    /** Imports a module in the page: an `import()` in a test's own code is rewritten by the test runner. */
    importModule(url: string): Promise<V3Module & V4Module>;
  }
}

const IMPORT_MODULE = 'window.importModule = (url) => import(new URL(url, location.href).href);';

export type V3Module = { load(options?: LoadOptions): Promise<V3Agent> };
export type V4Module = { start(options?: StartOptions): V4Agent };

export type OpenPage = { page: Page; context: BrowserContext; console: string[]; close(): Promise<void> };

/** Opens a page in a context of its own, and collects what it says on the console and throws. */
export const openPage = async (browser: Browser, url: string, init?: string): Promise<OpenPage> => {
  const context = await browser.newContext();
  await context.addInitScript(`${IMPORT_MODULE} ${init ?? ''}`);
  const page = await context.newPage();
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
  await page.goto(url);
  return { page, context, console: messages, close: () => context.close() };
};

/** How a call in the page ended: errors lose their class on the way to the test, so they travel as plain data. */
export type Ended<T> = { value: T } | { error: { name: string; message: string; code?: string } };

/**
 * Loads `/v3/key` of the page's own server and gets once. Options must survive JSON; callbacks are for the page's own
 * code.
 */
export const visitV3 = (
  page: Page,
  load: LoadOptions & { script?: string } = {},
  get: GetOptions = {},
): Promise<Ended<ExtendedGetResult>> =>
  page.evaluate(
    async ([{ script = '/v3/key', ...loadOptions }, getOptions]) => {
      try {
        const { load }: V3Module = await window.importModule(script);
        const agent = await load(loadOptions);
        return { value: (await agent.get(getOptions)) as ExtendedGetResult };
      } catch (thrown) {
        const { name, message } = thrown as Error;
        return { error: { name, message } };
      }
    },
    [load, get] as const,
  );
