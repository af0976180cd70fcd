import { expect } from 'vitest';

/** `never`: filters whose product an event lacks, so that no value finds it. `others`: values that leave it out. */
type Exceptions<F> = { never: readonly (keyof F & string)[]; others: Partial<F> };

/**
 * Expects of every filter of a search that it takes part: that all find the event together, that each which is true or false
 * leaves it out when asked for the opposite, that those named in `others` do so with the value there, and that those named
 * in `never` find it with no value.
 */
export const everyFilterFinds = async <F extends { linked_id: string }>(
  id: string,
  filters: F,
  search: (filter: Partial<F>) => Promise<string[]>,
  { never, others }: Exceptions<F>,
): Promise<void> => {
  const names = Object.keys(filters) as (keyof F & string)[];
  const fitting = Object.fromEntries(
    names.filter((name) => !never.includes(name)).map((name) => [name, filters[name]]),
  ) as Partial<F>;
  expect(await search(fitting)).toEqual([id]);
  const { linked_id } = filters;
  const found = async (name: keyof F & string, value: unknown) =>
    (await search({ linked_id, [name]: value } as unknown as Partial<F>)).includes(id);
  for (const name of names) {
    const value = filters[name];
    expect([name, await found(name, value)]).toEqual([name, !never.includes(name)]);
    if (typeof value === 'boolean') expect([name, await found(name, !value)]).toEqual([name, false]);
  }
  for (const [name, value] of Object.entries(others)) {
    expect([name, await found(name as keyof F & string, value)]).toEqual([name, false]);
  }
};
