/** A page of a search: the ids of its events, and the key of the next page where there is one. */
export type PageOfIds = { ids: string[]; next: string | undefined };

/**
 * The ids of all pages, one after the other. `ask` is given what a query needs to go on: nothing for the first page. Throws
 * where a page leads on and shows nothing, which would have no end.
 */
export const allPages = async (ask: (from: { pagination_key?: string }) => Promise<PageOfIds>): Promise<string[]> => {
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const page = await ask(next === undefined ? {} : { pagination_key: next });
    if (page.ids.length === 0 && page.next !== undefined) throw new Error('an empty page leads to another');
    seen.push(...page.ids);
    next = page.next;
  } while (next !== undefined);
  return seen;
};
