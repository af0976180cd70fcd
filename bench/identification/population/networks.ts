import type { Network } from '../visits/network.ts';
import type { NetworkKind } from '../visits/simulated-visit.ts';
import { countries } from './countries.ts';
import { carriers, exitProviders, lineProviders, type Provider } from './providers.ts';
import type { Random } from './random.ts';
import { nth, Weighted, zipf } from './weighted.ts';

/** How long lines keep their address: some for good, some by the night (dynamic addresses of DSL), in renewals a day. */
const LEASES = { rates: [1 / 900, 1 / 60, 1 / 8, 1], spread: new Weighted([0.42, 0.12, 0.33, 0.13]) };

const V6_LINES = 0.35;
const V6_CARRIERS = 0.4;
const LINE_POOL = 1 << 18;
const V6_POOL = 1 << 24;
/** Addresses that a carrier's subscribers share, of those near one place; each keeps one for about an hour. */
const CARRIER_POOL = 600;
const EXITS = 60;
const OFFICES_FOR_EACH = 40;
const HOTELS = 400;

type Providers = { list: readonly Provider[]; spread: Weighted };
const withSpread = (list: readonly Provider[]): Providers => ({
  list,
  spread: new Weighted(list.map(({ share }) => share)),
});

const linesOf = countries.map(({ code }) => withSpread(lineProviders.get(code) ?? []));
const carriersOf = countries.map(({ code }) => withSpread(carriers.get(code) ?? []));
const exits = withSpread(exitProviders);

/** All networks of a simulation, made as they are needed. */
export class Networks {
  private readonly random: Random;
  private readonly list: Network[] = [];
  private readonly mobiles: Network[][] = [];
  private readonly offices: { list: Network[]; spread: Weighted }[];
  private readonly vpns: Network[];
  private readonly hotels: Network[];

  /** `people` decides how many offices there are; their sizes fall as a power of their rank. */
  constructor(random: Random, people: number) {
    this.random = random;
    this.mobiles = carriersOf.map(({ list }) =>
      list.flatMap((provider) => [this.mobile(provider, false), this.mobile(provider, true)]),
    );
    this.offices = countries.map(({ share }, country) => {
      const count = Math.max(3, Math.round((people * share) / 100 / OFFICES_FOR_EACH));
      return {
        list: Array.from({ length: count }, () => this.office(country)),
        spread: new Weighted(zipf(count, 0.7)),
      };
    });
    this.vpns = Array.from({ length: 8 }, () => this.exit());
    this.hotels = Array.from({ length: HOTELS }, (_, place) => this.office(place % countries.length));
  }

  private add(
    kind: NetworkKind,
    provider: Provider,
    rest: Omit<Network, 'id' | 'kind' | 'provider' | 'current' | 'since'>,
  ): Network {
    const network = { id: this.list.length, kind, provider, ...rest, current: this.random.below(rest.pool), since: 0 };
    this.list.push(network);
    return network;
  }

  private provider({ list, spread }: Providers): Provider {
    return nth(list, spread.draw(this.random));
  }

  /** A household's line. */
  line(country: number): Network {
    const v6 = this.random.chance(V6_LINES);
    const renewalsPerDay = nth(LEASES.rates, LEASES.spread.draw(this.random));
    const pool = v6 ? V6_POOL : LINE_POOL;
    return this.add('home', this.provider(nth(linesOf, country)), { addressing: 'line', renewalsPerDay, pool, v6 });
  }

  private mobile(provider: Provider, v6: boolean): Network {
    return this.add('mobile', provider, {
      addressing: 'subscriber',
      renewalsPerDay: 24,
      pool: v6 ? V6_POOL : CARRIER_POOL,
      v6,
    });
  }

  /** An office's line, and a hotel's: one address for years. */
  office(country: number): Network {
    const provider = this.provider(nth(linesOf, country));
    return this.add('office', provider, { addressing: 'line', renewalsPerDay: 1 / 700, pool: LINE_POOL, v6: false });
  }

  private exit(): Network {
    return this.add('vpn', this.provider(exits), {
      addressing: 'subscriber',
      renewalsPerDay: 1.5,
      pool: EXITS,
      v6: false,
    });
  }

  /** The mobile network of a subscriber, by the carriers' shares. */
  carrier(country: number): Network {
    const place = nth(carriersOf, country).spread.draw(this.random) * 2;
    return nth(nth(this.mobiles, country), place + (this.random.chance(V6_CARRIERS) ? 1 : 0));
  }

  workplace(country: number): Network {
    const { list, spread } = nth(this.offices, country);
    return nth(list, spread.draw(this.random));
  }

  vpn(): Network {
    return nth(this.vpns, this.random.below(this.vpns.length));
  }

  /** Where a device stays on a journey to a zone: the same for as long as it is there. */
  hotel(device: number, zone: number): Network {
    return nth(this.hotels, (device * 31 + zone * 17) % HOTELS);
  }
}
