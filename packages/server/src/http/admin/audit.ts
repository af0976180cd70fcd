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
  /** Where it failed on the way, and may be done in part. */
  outcome?: 'unfinished';
};

/** Writes who changed what to the log. */
export const audit = (request: FastifyRequest, entry: AuditEntry): void => {
  request.log.info({ audit: { by: accessOf(request).by, ...entry } }, 'management change');
};

/** The outcome of work in many steps, each of which is done for good. Where it fails between them, the log tells that, too. */
export const auditFailure = async <T>(
  request: FastifyRequest,
  entry: AuditEntry,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    audit(request, { ...entry, outcome: 'unfinished' });
    throw error;
  }
};
