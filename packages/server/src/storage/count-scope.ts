/** What a visit is counted with: see `ActivityRequest.scope`. */
type Counted = { workspaceId: string; scope: string };

/**
 * The column `scope` of the events: the environment that counts by itself; empty where the whole workspace counts
 * together, as with all events of versions that knew nothing else.
 */
export const scopeColumn = ({ workspaceId, scope }: Counted): string => (scope === workspaceId ? '' : scope);

/** The scope that the column stands for. */
export const scopeOf = (workspaceId: string, column: string): string => (column === '' ? workspaceId : column);
