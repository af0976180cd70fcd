import type { Event } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { type DeliveryGauges, DeliveryReporter, type Logger } from './delivery-reporter.ts';
import { DeliveryWorker } from './delivery-worker.ts';
import { createPoster, type Post } from './post-webhook.ts';
import { defaultRetrySchedule, type RetrySchedule } from './retry-schedule.ts';
import { WebhookDirectory } from './webhook-directory.ts';

export type WebhooksParts = {
  store: Store;
  /** Whether private and loopback addresses may be posted to. */
  privateAddresses: boolean;
  gauges: DeliveryGauges;
  schedule?: RetrySchedule;
};

/** The webhooks of a server. */
export type Webhooks = {
  directory: WebhookDirectory;
  privateAddresses: boolean;
  post: Post;
  /** Told of each recorded event. */
  recorded(event: Event): void;
  /** Something was made due by hand. */
  wake(): void;
  /** Begins to send what is due. Until then events only gather deliveries. */
  start(log: Logger): void;
  /** Takes up nothing more, and resolves when the attempts under way have ended. */
  stop(): Promise<void>;
};

/** Puts the webhooks together. The directory is up to date when it resolves; nothing is sent yet. */
export const createWebhooks = async ({
  store,
  privateAddresses,
  gauges,
  schedule = defaultRetrySchedule,
}: WebhooksParts): Promise<Webhooks> => {
  const directory = new WebhookDirectory(store);
  await directory.refresh();
  const poster = createPoster({ privateAddresses });
  const { post } = poster;
  let worker: DeliveryWorker | undefined;
  return {
    directory,
    privateAddresses,
    post,
    recorded: (event) => worker?.recorded(event),
    wake: () => worker?.wake(),
    start: (log) => {
      const reporter = new DeliveryReporter(log, gauges);
      worker = new DeliveryWorker({ store, directory, post, schedule, reporter });
      worker.start();
    },
    stop: async () => {
      await worker?.stop();
      poster.close();
    },
  };
};
