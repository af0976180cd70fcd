import type { Delivery, DeliveryAttempt, Event, Webhook, Workspace } from '@whorl/contract';
import type { Settlement, Store } from '../storage/store.ts';
import type { DeliveryReporter } from './delivery-reporter.ts';
import type { Post, PostOutcome } from './post-webhook.ts';
import { nextAttempt, type RetrySchedule } from './retry-schedule.ts';
import { SIGNATURE_HEADER, signBody } from './sign-body.ts';
import { webhookBody } from './webhook-body.ts';
import type { KnownWebhook, WebhookDirectory } from './webhook-directory.ts';

/** What attempts need. */
export type AttemptParts = {
  store: Store;
  directory: WebhookDirectory;
  post: Post;
  schedule: RetrySchedule;
  reporter: DeliveryReporter;
};

/** What was tried, oldest first, and what follows from it. */
export type Attempted = Pick<Settlement, 'attempts' | 'next'>;

/** The receiver says that it is gone for good: asking again for a day would be rude. */
const GONE = 410;

/** Posts an event to a webhook, signed by each of its secrets. */
export const postEvent = async (
  event: Event,
  { webhook, workspace }: { webhook: Webhook; workspace: Workspace },
  post: Post,
): Promise<PostOutcome> => {
  const body = Buffer.from(webhookBody(event, webhook.version, new Set(workspace.disabledFeatures)));
  return post(webhook.url, body, {
    'content-type': 'application/json',
    'user-agent': 'Whorl',
    [SIGNATURE_HEADER]: signBody(body, webhook.secrets),
  });
};

/** A webhook that another process made a moment ago is not in the directory yet. */
const findWebhook = async (webhookId: string, directory: WebhookDirectory): Promise<KnownWebhook | undefined> => {
  const known = directory.find(webhookId);
  if (known !== undefined) return known;
  await directory.refresh();
  return directory.find(webhookId);
};

/** A bug that lets one event fail must not keep it coming up for ever: it counts as an attempt like any other. */
const postOrReport = async (
  delivery: Delivery,
  event: Event,
  known: KnownWebhook,
  { post, reporter }: Pick<AttemptParts, 'post' | 'reporter'>,
): Promise<PostOutcome> => {
  try {
    return await postEvent(event, known, post);
  } catch (error) {
    reporter.broken(delivery, error);
    return { status: null, error: 'the event could not be written', wish: null, lost: null };
  }
};

/** Nothing to send: the webhook or the event was deleted. */
const impossible = (error: string): Attempted => ({
  attempts: [{ time: Date.now(), status: null, error, duration: 0 }],
  next: { state: 'failed' },
});

/** An outcome as the log has it: two attempts where one was lost. The times are those of a post that began at `time`. */
export const attemptsOf = (
  { status, error, lost }: PostOutcome,
  time: number,
  duration: number,
): [...DeliveryAttempt[], DeliveryAttempt] => {
  if (lost === null) return [{ time, status, error, duration }];
  const second = { time: time + lost.duration, status, error, duration: duration - lost.duration };
  return [{ time, status: null, ...lost }, second];
};

/**
 * Tries to deliver, again at once where a kept connection turned out to be closed. The event is read now, so that the
 * receiver gets it as it is now. Rejects when the store does.
 */
export const attemptDelivery = async (delivery: Delivery, parts: AttemptParts): Promise<Attempted> => {
  const { store, directory, schedule } = parts;
  const known = await findWebhook(delivery.webhookId, directory);
  if (known === undefined) return impossible('the webhook was deleted');
  const event = await store.event({ workspaceId: delivery.workspaceId }, delivery.requestId);
  if (event === undefined) return impossible('the event was deleted');

  const time = Date.now();
  const begun = performance.now();
  const outcome = await postOrReport(delivery, event, known, parts);
  const attempts = attemptsOf(outcome, time, Math.round(performance.now() - begun));
  const { status, wish } = outcome;
  if (status !== null && status >= 200 && status < 300) return { attempts, next: { state: 'delivered' } };
  const { createdAt } = delivery;
  const failed = { createdAt, attempts: delivery.attempts.length + attempts.length, now: Date.now(), wish };
  const at = status === GONE ? null : nextAttempt(schedule, failed, Math.random());
  return { attempts, next: at === null ? { state: 'failed' } : { state: 'pending', at } };
};
