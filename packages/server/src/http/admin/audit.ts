import type { FastifyRequest } from 'fastify';
import { accessOf } from './admin-access.ts';

/** What was done, as `<resource>.<verb>`, and to what. Never a secret: fields are named, their values left out. */
export type AuditEntry = {
  action: `${string}.${string}`;
  workspaceId: string;
  /** The id of what was created, changed or deleted. */
  target: string;
  /** Names of the fields that were changed. */
  fields?: string[];
};

/** Writes who changed what to the log. */
export const audit = (request: FastifyRequest, entry: AuditEntry): void => {
  request.log.info({ audit: { by: accessOf(request).by, ...entry } }, 'management change');
};
