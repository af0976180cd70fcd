import type { EventFilter } from '@whorl/contract';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What satisfies both values of one field of a filter; undefined when nothing can. */
const both = (a: unknown, b: unknown): unknown => {
  if (Array.isArray(a) && Array.isArray(b)) {
    const common = a.filter((each) => b.includes(each));
    return common.length === 0 ? undefined : common;
  }
  if (isFields(a) && isFields(b)) return join(a, b);
  return a === b ? a : undefined;
};

const join = (a: Fields, b: Fields): Fields | undefined => {
  const joined: Fields = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const common = name in joined ? both(joined[name], value) : value;
    if (common === undefined) return undefined;
    joined[name] = common;
  }
  return joined;
};

/** The filter that picks what every one of `filters` picks; undefined when they contradict each other. */
export const joinFilters = (filters: readonly EventFilter[]): EventFilter | undefined =>
  filters.reduce<EventFilter | undefined>(
    (joined, filter) => joined && (join(joined, filter) as EventFilter | undefined),
    {},
  );
