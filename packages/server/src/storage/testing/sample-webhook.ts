import type { DeliveryAttempt, Webhook } from '@whorl/contract';
import { NOON, WORKSPACE } from './sample-event.ts';

export const WEBHOOK = 'wh_AAAAAAAAAAAAAAA1';

/** A webhook for all events of the workspace, but for what a test says. */
export const sampleWebhook = (traits: Partial<Webhook> = {}): Webhook => ({
  id: WEBHOOK,
  workspaceId: WORKSPACE,
  environmentIds: null,
  url: 'https://receiver.example/hook?from=„Vír“',
  version: 'v4',
  enabled: true,
  secrets: [{ id: 'one', value: Buffer.alloc(32, 1).toString('base64'), createdAt: 1 }],
  createdAt: 1_700_000_000_000,
  ...traits,
});

/** An attempt that was answered. */
export const sampleAttempt = (traits: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
  time: NOON + 10,
  status: 200,
  error: null,
  duration: 35,
  ...traits,
});
