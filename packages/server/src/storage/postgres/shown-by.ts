import { LINK_KINDS, type Link } from '../links.ts';
import { packAddress } from '../pack-address.ts';
import type { SqlValue } from './postgres-database.ts';

type Columns = { entity: 'visitor' | 'linked_id'; value: 'visitor' | 'linked_id' | 'ip' | 'country' };

/** The columns of the events that show each kind of link. */
export const SHOWN_BY: Record<Link['kind'], Columns> = {
  [LINK_KINDS.visitorIps]: { entity: 'visitor', value: 'ip' },
  [LINK_KINDS.visitorLinkedIds]: { entity: 'visitor', value: 'linked_id' },
  [LINK_KINDS.visitorCountries]: { entity: 'visitor', value: 'country' },
  [LINK_KINDS.linkedIdIps]: { entity: 'linked_id', value: 'ip' },
  [LINK_KINDS.linkedIdVisitors]: { entity: 'linked_id', value: 'visitor' },
};

/** The link's value as its column of the events has it, and that column's type. */
export const shownValue = ({ kind, value }: Pick<Link, 'kind' | 'value'>): SqlValue =>
  SHOWN_BY[kind].value === 'ip' ? packAddress(value) : value;

export const shownType = (kind: Link['kind']): string => (SHOWN_BY[kind].value === 'ip' ? 'bytea' : 'text');
