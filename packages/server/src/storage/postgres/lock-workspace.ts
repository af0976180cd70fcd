import type { Queries } from './postgres-database.ts';

/**
 * Lets one transaction after the other count and add to what a workspace has, until this one ends. Requests that only refer to
 * the workspace do not wait.
 */
export const lockWorkspace = async (queries: Queries, workspaceId: string): Promise<void> => {
  await queries.run('SELECT 1 FROM whorl.workspaces WHERE id = $1 FOR NO KEY UPDATE', workspaceId);
};
