import Type from 'typebox';
import type { Endpoint } from '../openapi/endpoint.ts';
import { EdgeEraseAnswer, EdgeEraseRequest } from './edge.ts';
import { type AdminErrorName, bodyAdminErrors, commonAdminErrors } from './errors.ts';

/** Every endpoint for requests that were judged at the edge. */
export const edgeEndpoints = [
  {
    method: 'POST',
    path: '/admin/v1/workspaces/{workspaceId}/edge-events/erase',
    operationId: 'eraseEdgeEvents',
    summary: 'Erase edge events',
    description:
      'Erases requests that were judged at the edge for good: the one of an id, or all of an address, of a network or of a linked id. They belong to no visitor, so erasing a visitor leaves them. Visits are not touched.',
    tag: 'Edge',
    pathParameters: {
      workspaceId: { schema: Type.String(), description: 'Id of a workspace, as `ws_…`.', required: true },
    },
    // An address that is nobody's (RFC 5737).
    body: { schema: EdgeEraseRequest, example: { ipAddress: '203.0.113.9' }, required: true },
    answer: { status: 200, description: 'They are gone.', schema: EdgeEraseAnswer },
    errors: [...commonAdminErrors, 'workspaceNotFound', ...bodyAdminErrors],
  },
] as const satisfies readonly Endpoint<AdminErrorName>[];
