import { VISITOR_ID_PATTERN } from '@whorl/contract';
import { seal, unseal } from './seal.ts';

const VISITOR_ID = new RegExp(VISITOR_ID_PATTERN);

/** Tokens are kept by browsers for years; the version lets their form change without breaking old ones. */
const FORM = 'w1';

/**
 * The token that a browser keeps: `w1.<visitorId>.<HMAC>`. It holds nothing but the visitor id, and is worth something
 * only in the workspace that it was made for.
 */
export const makeToken = (secret: Buffer, workspaceId: string, visitorId: string): string =>
  seal(secret, `token ${workspaceId}`, `${FORM}.${visitorId}`);

/** The visitor that a token names, or undefined when it was not made by this server for this workspace. */
export const readToken = (secret: Buffer, workspaceId: string, token: string): string | undefined => {
  const text = unseal(secret, `token ${workspaceId}`, token);
  const visitorId = text?.startsWith(`${FORM}.`) ? text.slice(FORM.length + 1) : undefined;
  return visitorId !== undefined && VISITOR_ID.test(visitorId) ? visitorId : undefined;
};
