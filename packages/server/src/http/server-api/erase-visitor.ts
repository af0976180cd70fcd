import { VISITOR_ID_PATTERN } from '@whorl/contract';
import type { Store } from '../../storage/store.ts';
import { type Access, hasFeature } from './access.ts';

const VISITOR_ID = new RegExp(VISITOR_ID_PATTERN);

/** What came of it, or the first check that failed. Each version of the API has its own words for these. */
export type VisitorErasure =
  | 'erased'
  | 'feature-not-enabled'
  | 'workspace-key-required'
  | 'id-required'
  | 'invalid-id'
  | 'not-found';

/** Erases a visitor, who is in all environments: a key of one of them does not reach as far. */
export const eraseVisitor = async (
  store: Store,
  access: Access,
  visitorId: string | undefined,
): Promise<VisitorErasure> => {
  if (!hasFeature(access, 'deleteVisitors')) return 'feature-not-enabled';
  if (access.environment !== null) return 'workspace-key-required';
  if (visitorId === undefined) return 'id-required';
  if (!VISITOR_ID.test(visitorId)) return 'invalid-id';
  return (await store.eraseVisitor(access.workspace.id, visitorId)) ? 'erased' : 'not-found';
};
