import type { Geolocation } from '@whorl/contract';
import type { DataSource, ListFinding } from '@whorl/engine';
import type { Address } from '../address.ts';
import { networkText } from '../network-text.ts';
import type { NetworkType, SystemFacts } from './database-facts.ts';
import type { AnsweredList } from './database-kind.ts';
import type { Database } from './open-database.ts';

/** What the operator's files say of an address, each part with the file that it is from. */
export type OwnFacts = {
  place?: { value: Geolocation; source: DataSource };
  /** `network`: the one that the file says it of, as a CIDR; missing where that is everything. */
  system?: SystemFacts & { network?: string; source: DataSource };
  type?: { value: NetworkType; source: DataSource };
  hosting?: { name: string; source: DataSource };
  lists: Partial<Record<AnsweredList, ListFinding[]>>;
};

const answered = ['tor', 'relay', 'publicVpn', 'proxy'] as const satisfies AnsweredList[];

/** A place without coordinates and without a country says nothing that counts: the next file may know more. */
const isPlace = (place: Geolocation | undefined): place is Geolocation =>
  place !== undefined && (place.country !== undefined || place.latitude !== undefined);

const take = (facts: OwnFacts, database: Database, address: Address): void => {
  const { kind, source } = database;
  const finding = database.find(address);
  for (const list of answered) {
    const flag = finding?.facts.flags[list];
    const cleared = kind.clears.includes(list) && database.covers(address.family);
    if (flag === undefined && !cleared) continue;
    facts.lists[list] = [...(facts.lists[list] ?? []), { source, listed: flag !== undefined, ...flag }];
  }
  if (finding === undefined) return;
  const { place, system, type, hosting } = finding.facts;
  if (kind.place > 0 && facts.place === undefined && isPlace(place)) facts.place = { value: place, source };
  if (kind.systems && facts.system === undefined && system !== undefined) {
    const network = finding.prefix === 0 ? {} : { network: networkText(address.words, finding.prefix) };
    facts.system = { ...system, ...network, source };
  }
  if (type !== undefined) facts.type ??= { value: type, source };
  if (hosting !== undefined && (facts.hosting === undefined || facts.hosting.name === '')) {
    facts.hosting = { name: hosting.name ?? '', source };
  }
};

/** The order in which files are asked: those that know most of places, then the newest. */
export const inOrder = (databases: readonly Database[]): Database[] =>
  [...databases].sort((a, b) => b.kind.place - a.kind.place || b.source.builtAt - a.source.builtAt);

/** Asks all files; each part is the first's that has it, what says whether an address is on a list is everybody's. */
export const findInDatabases = (databases: readonly Database[], address: Address): OwnFacts => {
  const facts: OwnFacts = { lists: {} };
  for (const database of databases) take(facts, database, address);
  return facts;
};
