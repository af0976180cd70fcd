import type { DeliveryAttempt } from '@whorl/contract';
import { postEvent } from './attempt-delivery.ts';
import type { Post } from './post-webhook.ts';
import { sampleEvent } from './sample-event.ts';
import type { KnownWebhook } from './webhook-directory.ts';

/** Posts a sample event now, once, signed as any other, and tells how the receiver took it. Nothing is stored. */
export const sendSample = async (known: KnownWebhook, environmentId: string, post: Post): Promise<DeliveryAttempt> => {
  const time = Date.now();
  const begun = performance.now();
  const { status, error } = await postEvent(sampleEvent(known.workspace.id, environmentId, time), known, post);
  return { time, status, error, duration: Math.round(performance.now() - begun) };
};
