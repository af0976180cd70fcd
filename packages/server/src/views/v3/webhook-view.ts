import type { Event, V3Products, V3WebhookEvent } from '@whorl/contract';
import { v3EventView } from './event-view.ts';
import { v3IdentificationView } from './identification-view.ts';
import { iso } from './moments.ts';
import type { ViewOptions } from './view-options.ts';

/** Products whose data does not stand under their own name. */
type Apart = 'identification' | 'botd' | 'incognito';
type Hoisted = Omit<
  V3WebhookEvent,
  keyof ReturnType<typeof v3IdentificationView> | 'bot' | 'userAgent' | 'clientReferrer'
>;

/** Each product's data under the product's name; a product without data is left out. */
const hoisted = (products: Omit<V3Products, Apart>): Hoisted =>
  Object.fromEntries(
    Object.entries(products).flatMap(([name, product]) => (product.data === undefined ? [] : [[name, product.data]])),
  );

/**
 * The v3 body of a webhook: the identification laid flat, and beside it the data of every product. Pure.
 *
 * Whether the window was private is said once, by `incognito` of the identification.
 */
export const v3WebhookView = (event: Event, options: ViewOptions = {}): V3WebhookEvent => {
  const { identification, botd, incognito, ...products } = v3EventView(event, options).products;
  const { suspect, ...identified } = v3IdentificationView(event, options);
  return {
    ...identified,
    // Unlike the API, webhooks write the time with its milliseconds.
    time: iso(event.time),
    ...(event.referrer === undefined ? {} : { clientReferrer: event.referrer }),
    ...(botd?.data === undefined ? {} : { bot: botd.data.bot }),
    userAgent: event.userAgent,
    sdk: event.sdk,
    ...hoisted(products),
  };
};
