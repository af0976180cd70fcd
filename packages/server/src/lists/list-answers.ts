import { type DataSource, isTooOld, type ListFacts, type ListFinding } from '@whorl/engine';
import type { Address } from '../lookup/address.ts';
import type { DatacenterFinding } from '../lookup/address-lists.ts';
import { isVpnNetwork, VPN_NETWORKS_REVIEWED } from '../lookup/vpn-networks.ts';
import type { LoadedRows } from './list-rows.ts';
import type { ListSource } from './list-source.ts';

/** A list as it is now: `rows` null while there is none. */
export type HeldList = { source: ListSource; data: DataSource; rows: LoadedRows | null };

/** What is known without any list: networks that are registered to VPN services themselves. */
const ownNetworks: DataSource = { name: 'networks of VPN services', builtAt: VPN_NETWORKS_REVIEWED };

type Family = 4 | 6;

/** A list of addresses with some of the family that is asked for. */
type Layer = {
  find(words: Uint32Array): number;
  data: DataSource;
  held: HeldList & { rows: LoadedRows };
};

/** What is asked of one family of addresses. */
type Answer = {
  /** The freshest first. */
  layers: Layer[];
  /** What is said of an address that is on none; undefined where a list is missing on which it may be. */
  notListed: ListFinding | undefined;
};

const questions = [
  'tor',
  'relay',
  'publicVpn',
  'proxy',
  'attackSource',
  'emailSpam',
] as const satisfies (keyof ListFacts)[];

const isLoaded = (held: HeldList): held is HeldList & { rows: LoadedRows } => held.rows !== null;

const covers = ({ source, rows }: HeldList, family: Family): boolean =>
  source.families === undefined ? rows === null || rows.ranges[family] !== undefined : source.families.includes(family);

const byFreshness = (a: { data: DataSource }, b: { data: DataSource }): number => b.data.builtAt - a.data.builtAt;

const layersOf = (lists: readonly HeldList[], family: Family): Layer[] =>
  lists.filter(isLoaded).flatMap((held) => {
    const ranges = held.rows.ranges[family];
    if (ranges === undefined) return [];
    const find = (words: Uint32Array): number => {
      const index = ranges.indexOf(words);
      return index === -1 ? -1 : ranges.valueAt(index);
    };
    return [{ find, data: held.data, held }];
  });

/**
 * That an address is on no list rests on all of them, and is as old as the oldest. While one is missing that may have it,
 * and where none has addresses of the family at all, nothing is said. Supplements neither clear nor hinder that.
 */
const answerOf = (lists: readonly HeldList[], family: Family): Answer => {
  const layers = layersOf(lists, family).sort(byFreshness);
  const oldest = layers.findLast(({ held }) => held.source.supplement !== true)?.data;
  const complete = lists.every((held) => isLoaded(held) || held.source.supplement === true || !covers(held, family));
  return { layers, notListed: complete && oldest !== undefined ? { source: oldest, listed: false } : undefined };
};

const ask = ({ layers, notListed }: Answer, words: Uint32Array): ListFinding | undefined => {
  for (const { find, data, held } of layers) {
    const value = find(words);
    if (value === -1) continue;
    const seen = held.source.format === 'proxies' && value > 0 ? { seenAt: value * 1_000 } : {};
    return { source: data, listed: true, ...seen };
  }
  return notListed;
};

type Hosting = { layers: Layer[]; asns: (HeldList & { rows: LoadedRows })[] };

/** Everything that the lists of a moment say. It is made anew when a list changes, and never changed. */
export class ListAnswers {
  readonly #answers: Record<Family, Record<(typeof questions)[number], Answer>>;
  readonly #vpnAsns: (HeldList & { rows: LoadedRows })[];
  readonly #hosting: Record<Family, Hosting>;

  constructor(lists: readonly HeldList[]) {
    const of = (...kinds: ListSource['kind'][]) => lists.filter(({ source }) => kinds.includes(source.kind));
    const answers = (family: Family) =>
      Object.fromEntries(questions.map((kind) => [kind, answerOf(of(kind), family)])) as Record<
        (typeof questions)[number],
        Answer
      >;
    this.#answers = { 4: answers(4), 6: answers(6) };
    this.#vpnAsns = of('vpnAsns').filter(isLoaded).sort(byFreshness);
    const asns = of('datacenterAsns').filter(isLoaded);
    // A list that knows whose the network is comes before those that do not.
    const named = ({ held }: Layer): number =>
      held.source.provider === undefined ? (held.rows.names.length > 1 ? 1 : 2) : 0;
    const layers = (family: Family) => layersOf(of('datacenter'), family).sort((a, b) => named(a) - named(b));
    this.#hosting = { 4: { layers: layers(4), asns }, 6: { layers: layers(6), asns } };
  }

  /**
   * What the lists say of an address in an autonomous system, at a time in unix milliseconds. A relay's addresses stand on VPN
   * lists, too; they are a relay's, and no VPN service's, as long as the relay's list is believed.
   */
  find({ family, words }: Pick<Address, 'family' | 'words'>, asn: number | undefined, time: number): ListFacts {
    const found: ListFacts = {};
    for (const kind of questions) {
      const finding = ask(this.#answers[family][kind], words);
      if (finding !== undefined) found[kind] = finding;
    }
    if (found.relay?.listed === true && !isTooOld('relay', found.relay.source.builtAt, time)) {
      if (found.publicVpn?.listed === true) found.publicVpn = { source: found.publicVpn.source, listed: false };
    } else if (asn !== undefined) {
      const finding = this.#vpnOf(asn, found.publicVpn, time);
      if (finding !== undefined) found.publicVpn = finding;
    }
    return found;
  }

  /**
   * What counts of an address's own finding and of what is known of its system: a list that is believed and has one or the other, then
   * the table, which does not grow old, then whatever else is listed. Otherwise a list that nobody keeps any more would hide the table.
   */
  #vpnOf(asn: number, found: ListFinding | undefined, time: number): ListFinding | undefined {
    const listing = this.#vpnAsns.find(({ rows }) => rows.asns.has(asn));
    const system: ListFinding | undefined = listing && { source: listing.data, listed: true };
    const listed = [found, system].filter((finding) => finding?.listed === true);
    const believed = listed.find((finding) => finding && !isTooOld('publicVpn', finding.source.builtAt, time));
    if (believed !== undefined) return believed;
    if (isVpnNetwork(asn)) return { source: ownNetworks, listed: true, lasting: true };
    return listed[0] ?? found;
  }

  /** Whether a list says that the address is in a datacenter; undefined where none does. */
  datacenterOf(
    { family, words }: Pick<Address, 'family' | 'words'>,
    asn: number | undefined,
  ): DatacenterFinding | undefined {
    const { layers, asns } = this.#hosting[family];
    for (const { find, data, held } of layers) {
      const value = find(words);
      if (value !== -1) return { source: data, name: held.source.provider ?? held.rows.names[value] ?? '' };
    }
    const system = asn === undefined ? undefined : asns.find(({ rows }) => rows.asns.has(asn));
    return system === undefined ? undefined : { source: system.data, name: '' };
  }
}
