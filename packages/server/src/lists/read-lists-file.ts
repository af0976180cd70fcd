import { readFile } from 'node:fs/promises';
import { type CrawlerList, crawlerLists } from '@whorl/engine';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { NetworkDataError } from '../lookup/network-data-error.ts';
import { listFormats } from './list-formats.ts';
import { type ListSource, listKinds } from './list-source.ts';

const HOUR = 3_600_000;

/** One list of the operator's. What is missing is as in the list of that name that comes with the server. */
const OwnList = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    url: Type.String({ pattern: '^https?://', maxLength: 2_000 }),
    kind: Type.Optional(Type.Enum(listKinds)),
    format: Type.Optional(Type.Enum(listFormats)),
    everyHours: Type.Optional(Type.Number({ minimum: 0.25, maximum: 24 * 30 })),
    minimumRows: Type.Optional(Type.Integer({ minimum: 1 })),
    provider: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    crawler: Type.Optional(Type.String()),
    supplement: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
type OwnList = Static<typeof OwnList>;

const ListsFile = Type.Object(
  {
    lists: Type.Optional(Type.Array(OwnList, { maxItems: 200 })),
    without: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
  },
  { additionalProperties: false },
);

const isListsFile = Compile(ListsFile);

const fail = (problem: string): never => {
  throw new NetworkDataError(`WHORL_NETWORK_LISTS_FILE: ${problem}`);
};

const isCrawler = (name: string): name is CrawlerList => Object.hasOwn(crawlerLists, name);

const crawlerOf = ({ name, kind, crawler }: OwnList): Pick<ListSource, 'crawler'> => {
  if (crawler === undefined) {
    return kind === 'crawler' ? fail(`the list "${name}" is of kind crawler and says no "crawler"`) : {};
  }
  return isCrawler(crawler)
    ? { crawler }
    : fail(`the list "${name}" is of the crawler "${crawler}"; there are ${Object.keys(crawlerLists).join(', ')}`);
};

/** A list of the operator's, over the one of the same name that comes with the server. */
const sourceOf = (own: OwnList, base: ListSource | undefined): ListSource => {
  const kind = own.kind ?? base?.kind;
  const format = own.format ?? base?.format;
  if (!URL.canParse(own.url)) return fail(`the url of the list "${own.name}" is no address`);
  if (kind === undefined || format === undefined) return fail(`the list "${own.name}" needs a kind and a format`);
  const isMirror = base !== undefined && kind === base.kind && format === base.format;
  return {
    ...(isMirror ? base : { licence: 'the operator’s own', page: own.url, mayRest: null }),
    name: own.name,
    url: own.url,
    kind,
    format,
    every: own.everyHours === undefined ? (base?.every ?? 24 * HOUR) : own.everyHours * HOUR,
    minimumRows: own.minimumRows ?? (isMirror ? base.minimumRows : 1),
    ...(own.provider === undefined ? {} : { provider: own.provider }),
    ...(own.supplement === undefined ? {} : { supplement: own.supplement }),
    ...crawlerOf(own),
  };
};

/** The lists that are used: those that come with the server, less and more what the operator's file says. */
export const applyListsFile = (file: unknown, builtIn: readonly ListSource[]): ListSource[] => {
  if (!isListsFile.Check(file)) {
    const [first] = isListsFile.Errors(file);
    return fail(
      `${first === undefined ? 'it' : `"${first.instancePath}"`} is not as docs/network-lists.md says: ${first?.message}`,
    );
  }
  const { lists = [], without = [] } = file;
  const names = builtIn.map(({ name }) => name);
  const unknown = without.find((name) => !names.includes(name));
  if (unknown !== undefined) return fail(`there is no list "${unknown}" to be without; there are ${names.join(', ')}`);
  const twice = lists.find(({ name }, index) => lists.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) return fail(`the list "${twice.name}" stands there twice`);
  const own = lists.map((list) =>
    sourceOf(
      list,
      builtIn.find(({ name }) => name === list.name),
    ),
  );
  const replaced = new Set([...without, ...own.map(({ name }) => name)]);
  return [...builtIn.filter(({ name }) => !replaced.has(name)), ...own];
};

/**
 * The lists that a server uses. `file`: the operator's file, or null for those alone that come with the server.
 *
 * @throws NetworkDataError where the file is no good; the message says what is wrong with it
 */
export const readListsFile = async (file: string | null, builtIn: readonly ListSource[]): Promise<ListSource[]> => {
  if (file === null) return [...builtIn];
  const text = await readFile(file, 'utf8').catch((error: unknown) =>
    fail(`${file} cannot be read (${error instanceof Error ? error.message : String(error)})`),
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail(`${file} is no JSON`);
  }
  return applyListsFile(parsed, builtIn);
};
