import { type Delivery, deliveriesQuery, LARGEST_PAGE, type Page } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import { requireFeature, workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { cursorOf, readCursor } from './page-cursor.ts';
import { DeliveryNotFoundError } from './webhook-errors.ts';
import type { WebhookRouteParts } from './webhook-routes.ts';

const readQuery = adminQueryReader(deliveriesQuery);

/** `/deliveries` of a workspace: what was sent to its webhooks, what waits, what was given up; and sending again. */
export const deliveryRoutes =
  ({ store, webhooks }: Pick<WebhookRouteParts, 'store' | 'webhooks'>) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request) => requireFeature(workspaceOf(request), 'webhooks'));

    app.get('/deliveries', async (request): Promise<Page<Delivery>> => {
      const { limit = LARGEST_PAGE, after, ...filter } = readQuery(request);
      const before = after === undefined ? {} : { before: readCursor(after) };
      const list = { workspaceId: workspaceOf(request).id, ...filter, ...before };
      // One more than asked for tells whether there is a next page.
      const found = await store.deliveries({ ...list, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
    });

    app.post<{ Params: { deliveryId: string } }>('/deliveries/:deliveryId/resend', async (request) => {
      const workspaceId = workspaceOf(request).id;
      const delivery = await store.resendDelivery(workspaceId, request.params.deliveryId, Date.now());
      if (delivery === undefined) throw new DeliveryNotFoundError();
      webhooks.wake();
      audit(request, { action: 'delivery.resend', workspaceId, target: delivery.id });
      return delivery;
    });
  };
