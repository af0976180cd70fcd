import { createHmac } from 'node:crypto';

/** Bytes of an id: 96 bits, so that no two zones of the earth share one. */
const BYTES = 12;

/**
 * The name of a cell of the earth's surface within one workspace: without the server's secret it cannot be led back to the
 * cell, however few cells there are, and another workspace has another name for it.
 */
export const zoneId = (secret: Buffer, workspaceId: string, cell: string): string =>
  createHmac('sha256', secret).update(`zone ${workspaceId}\0${cell}`).digest().subarray(0, BYTES).toString('base64url');
