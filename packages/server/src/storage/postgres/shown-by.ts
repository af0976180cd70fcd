import { scopeColumn } from '../count-scope.ts';
import { LINK_KINDS, type Link } from '../links.ts';
import { packAddress } from '../pack-address.ts';
import type { SqlValue } from './postgres-database.ts';
import type { TableColumns } from './table-columns.ts';

type Columns = { entity: 'visitor' | 'linked_id'; value: 'visitor' | 'linked_id' | 'ip' | 'country' };

/** The columns of the events that show each kind of link. */
export const SHOWN_BY: Record<Link['kind'], Columns> = {
  [LINK_KINDS.visitorIps]: { entity: 'visitor', value: 'ip' },
  [LINK_KINDS.visitorLinkedIds]: { entity: 'visitor', value: 'linked_id' },
  [LINK_KINDS.visitorCountries]: { entity: 'visitor', value: 'country' },
  [LINK_KINDS.linkedIdIps]: { entity: 'linked_id', value: 'ip' },
  [LINK_KINDS.linkedIdVisitors]: { entity: 'linked_id', value: 'visitor' },
};

/** How the columns of the events have a link. */
export type ShownAs = { workspace: string; scope: string; entity: string; value: SqlValue };

export const asShown = ({ workspaceId, scope, kind, entity, value }: Link): ShownAs => ({
  workspace: workspaceId,
  scope: scopeColumn({ workspaceId, scope }),
  entity,
  value: SHOWN_BY[kind].value === 'ip' ? packAddress(value) : value,
});

/** Those columns' types. */
export const shownAs = (kind: Link['kind']): TableColumns<ShownAs> => ({
  workspace: 'text',
  scope: 'text',
  entity: 'text',
  value: SHOWN_BY[kind].value === 'ip' ? 'bytea' : 'text',
});
