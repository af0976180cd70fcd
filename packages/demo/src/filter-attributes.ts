import type { Attribute } from '@whorl/contract';
import { formatValue } from './format.ts';

/** How an attribute came out. */
export type AttributeOutcome = 'value' | 'absent' | 'error';

/** One row of the table of raw attributes. `duration` is in milliseconds. */
export type AttributeRow = {
  name: string;
  outcome: AttributeOutcome;
  /** The value as one line, the error as `name: message`, or empty. */
  text: string;
  value: unknown;
  duration: number;
  noised: boolean;
};

/** Rows for the attributes of an event, in the event's order. */
export const attributeRows = (attributes: Record<string, Attribute>): AttributeRow[] =>
  Object.entries(attributes).map(([name, attribute]) => {
    const row = { name, duration: attribute.duration, noised: false, value: undefined };
    if ('error' in attribute) {
      return { ...row, outcome: 'error', text: `${attribute.error.name}: ${attribute.error.message}` };
    }
    if ('absent' in attribute) return { ...row, outcome: 'absent', text: '' };
    const noised = attribute.noised === true;
    return { ...row, outcome: 'value', text: formatValue(attribute.value), value: attribute.value, noised };
  });

/**
 * Rows that hold every word of `query`, in any case, in their name, value, outcome or the word `noised`. An empty query
 * keeps all.
 */
export const filterAttributes = (rows: readonly AttributeRow[], query: string): AttributeRow[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const hay = `${row.name} ${row.text} ${row.outcome}${row.noised ? ' noised' : ''}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
};
