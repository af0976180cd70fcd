import type { Identity } from '@whorl/contract';
import type { RunningWhorl } from '@whorl/testing';
import type { Answer } from './site.ts';

/** The demo page's key: only of visits through it does `/demo/events` tell how the server came to the id. */
export const demoKey = async ({ url }: Pick<RunningWhorl, 'url'>): Promise<string> => {
  const page = await (await fetch(`${url}/demo`)).text();
  return /name="whorl-public-key" content="([^"]+)"/.exec(page)?.[1] ?? '';
};

/** How the server came to the id of a visit that was made with {@link demoKey}. */
export const identityOf = async (
  { url }: Pick<RunningWhorl, 'url'>,
  { requestId, proof }: Answer,
): Promise<Identity> => {
  const answer = await fetch(`${url}/demo/events/${requestId}?proof=${encodeURIComponent(proof)}`);
  if (!answer.ok) throw new Error(`the event of ${requestId}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { event: { identity: Identity } }).event.identity;
};
