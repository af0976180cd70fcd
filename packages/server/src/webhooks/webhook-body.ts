import type { Event, Feature, Webhook } from '@whorl/contract';
import { v3WebhookView } from '../views/v3/webhook-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';

/** The JSON text that a webhook gets of an event, without the products that the workspace has switched off. */
export const webhookBody = (event: Event, version: Webhook['version'], hidden: ReadonlySet<Feature>): string =>
  JSON.stringify(version === 'v3' ? v3WebhookView(event, { hidden }) : v4EventView(event, { hidden }));
