import type { Page, RunningWhorl } from '@whorl/testing';
import type { Site } from './site.ts';

/** The body that the agent posts, as far as these tests touch it. */
export type Observation = Record<string, unknown> & {
  version: unknown;
  nonce: string;
  url: string;
  linkedId?: string;
  tag?: unknown;
  sources: Record<string, unknown>;
};

/** What came back: the status and the parsed body, which is undefined where it is no JSON. */
export type IngestResponse = { status: number; body: unknown; text: string };

const ADDRESS = /\/ingest\/v1\/[^/]+$/;

/** The observation that a real browser sends when a page of the site is visited. */
export const recordObservation = async (page: Page, site: Site): Promise<Observation> => {
  const posted = page.waitForRequest((request) => request.method() === 'POST' && ADDRESS.test(request.url()));
  await site.visit(page);
  return JSON.parse((await posted).postData() ?? '') as Observation;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Posts to the agent's endpoints as a page would, without a browser. Rejects when the connection breaks. */
export const ingestClient = (whorl: Pick<RunningWhorl, 'url' | 'publicKey'>) => {
  const post = async (
    path: string,
    body: string,
    headers: Record<string, string> = {},
    publicKey = whorl.publicKey,
  ): Promise<IngestResponse> => {
    const response = await fetch(`${whorl.url}/ingest/v1/${publicKey}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: parse(text), text };
  };

  /** A fresh one-time nonce. */
  const nonce = async (): Promise<string> => {
    const { body } = await post('/start', '');
    return String((body as { nonce?: unknown }).nonce);
  };

  // Each visit of a page has its own times; the same ones again would make it a copy.
  let visits = 0;

  /** Posts an observation as another visit: fresh nonce and times, without the tokens of the browser it was recorded in. */
  const observe = async (
    observation: Observation,
    changes: Record<string, unknown> = {},
    headers: Record<string, string> = {},
    publicKey = whorl.publicKey,
  ): Promise<IngestResponse> => {
    const timing = { start: 100, end: 500 + ++visits / 10 };
    const body = { ...observation, tokens: undefined, timing, nonce: await nonce(), ...changes };
    return post('', JSON.stringify(body), headers, publicKey);
  };

  return { post, nonce, observe };
};
