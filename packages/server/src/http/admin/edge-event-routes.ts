import { EdgeEraseRequest } from '@whorl/contract';
import { canonicalNetwork } from '@whorl/engine';
import type { FastifyInstance } from 'fastify';
import type { EdgeErasure, Store } from '../../storage/store.ts';
import { workspaceOf } from './admin-access.ts';
import { type AuditEntry, audit, auditFailure } from './audit.ts';
import { RequestCannotBeParsedError } from './errors.ts';
import { bodyReader } from './read-request.ts';

const readBody = bodyReader(EdgeEraseRequest);

/** What the body asks for; the schema has seen to it that it is one thing. */
const erasureOf = ({ eventId, ipAddress, linkedId }: EdgeEraseRequest): EdgeErasure => {
  if (eventId !== undefined) return { id: eventId };
  if (linkedId !== undefined) return { linkedId };
  const network = canonicalNetwork(ipAddress ?? '');
  if (network !== undefined) return { network };
  throw new RequestCannotBeParsedError([{ field: '/ipAddress', problem: 'must be an IPv4 or IPv6 address or a CIDR' }]);
};

/**
 * `/edge-events` of a workspace: erase. Also where the feature is off: what was stored while it was on can still be
 * erased.
 */
export const edgeEventRoutes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.post('/edge-events/erase', async (request) => {
      const workspaceId = workspaceOf(request).id;
      const body = readBody(request);
      const erasure = erasureOf(body);
      // What was erased by is itself what is to be forgotten.
      const entry: AuditEntry = {
        action: 'edge-events.erase',
        workspaceId,
        target: 'edge-events',
        fields: Object.keys(body),
      };
      const erased = await auditFailure(request, entry, () => store.eraseEdge(workspaceId, erasure));
      audit(request, entry);
      return { erased };
    });
  };
