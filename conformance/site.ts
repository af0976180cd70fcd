import {
  type ByHandOptions,
  launchByHand,
  type Page,
  type PageServer,
  type RunningWhorl,
  startPageServer,
} from '@whorl/testing';
import { bundleClient } from './bundle-client.ts';

/** What the agent resolves to for a site, in the form of the v3 loader. */
export type VisitResult = {
  requestId: string;
  visitorId: string;
  visitorFound: boolean;
  confidence: { score: number };
};

/** What a site may ask for with a visit. */
export type VisitOptions = { tag?: unknown; linkedId?: string; extendedResult?: boolean };

/** The raw answer's part that opens the event to the page that made it. */
export type Answer = { requestId: string; proof: string };

declare global {
  interface Window {
    visit(options?: VisitOptions): Promise<VisitResult>;
    answers: Answer[];
  }
}

/** A site of another origin than the server's, with pages that use the agent. */
export type Site = {
  pages: PageServer;
  /** A page with `window.visit(options)`, which does nothing by itself. */
  url: string;
  /** In a page of this site that a test drives. */
  visit(page: Page, options?: VisitOptions): Promise<VisitResult>;
  /** Opens a page with a client from npm, unmodified, in the global `client`. */
  openClient(page: Page, packageName: string): Promise<void>;
  /** Opens a browser that nothing drives, waits for its visit, and keeps it open while `look` looks at the result. */
  visitByHand<T>(browser: Omit<ByHandOptions, 'url'>, look: (visit: VisitResult & Answer) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

const VISIT_TIMEOUT_MS = 45_000;

const agentScript = ({ url, publicKey }: Pick<RunningWhorl, 'url' | 'publicKey'>): string => `
  window.answers = [];
  window.visit = async (options) => {
    window.agent ??= import('${url}/v3/${publicKey}').then(({ load }) =>
      load({ onAnswer: (answer) => window.answers.push(answer) }));
    return (await window.agent).get(options);
  };`;

/** Reports its visit by itself, for browsers that can tell nothing in any other way. */
const reportScript = `
  const report = (body) => fetch('/report', { method: 'POST', body: JSON.stringify(body) });
  const proven = (result) => report({ ...result, proof: window.answers.at(-1).proof });
  visit().then(proven, (error) => report({ error: String(error) }));`;

const html = (...scripts: string[]): string =>
  `<!doctype html><title>A site</title>${scripts.map((text) => `<script>${text}</script>`).join('')}`;

const asVisit = (report: Record<string, unknown>): VisitResult & Answer => {
  if (typeof report.requestId !== 'string') throw new Error(`the page failed: ${JSON.stringify(report)}`);
  return report as VisitResult & Answer;
};

/** Starts a site whose pages use the agent of this server. */
export const startSite = async (whorl: Pick<RunningWhorl, 'url' | 'publicKey'>): Promise<Site> => {
  const pages = await startPageServer();
  const url = pages.serve('/', html(agentScript(whorl)));
  const reporting = pages.serve('/reporting', html(agentScript(whorl), reportScript));
  return {
    pages,
    url,
    visit: async (page, options = {}) => {
      if (!page.url().startsWith(pages.origin)) await page.goto(url);
      return page.evaluate((wanted) => window.visit(wanted), options);
    },
    openClient: async (page, packageName) => {
      const path = `/${packageName.replaceAll('/', '-')}`;
      pages.serve(`${path}.js`, { body: await bundleClient(packageName), type: 'text/javascript' });
      await page.goto(pages.serve(path, `<!doctype html><script src="${path}.js"></script>`));
    },
    visitByHand: async (options, look) => {
      const browser = await launchByHand({ ...options, url: reporting });
      try {
        return await look(asVisit(await pages.nextReport(VISIT_TIMEOUT_MS)));
      } finally {
        await browser.stop();
      }
    },
    stop: () => pages.stop(),
  };
};
