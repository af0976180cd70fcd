import type { SignalData } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type DeviceRarity, LEAST_RANKED } from '../identity/device-rarity.ts';
import { COMMON } from '../identity/rarity-ranks.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

type Bucket = NonNullable<SignalData['rareDevice']['percentileBucket']>;

/** The buckets of shares of visitors, from common to rare: each holds from its share down to the next one's. */
const buckets: readonly [atMost: number, bucket: Bucket][] = [
  [0.001, 'p99.9+'],
  [0.005, 'p99.5-p99.9'],
  [0.01, 'p99-p99.5'],
  [0.05, 'p95-p99'],
];

/** Buckets that count as rare, as v4's schema has it. */
const RARE: ReadonlySet<Bucket> = new Set(['p99.9+', 'not_seen']);

/** Below so much, aged, nobody else was there. */
const NOBODY = 0.5;

/**
 * The share of visitors at least as rare: those ranked so, and never fewer than those just like it. A visitor that was not
 * counted before is one of them from now on.
 */
const shareOf = ({ asRare, alike, ranked, known }: DeviceRarity): number =>
  known ? Math.max(asRare, alike + 1) / ranked : (Math.max(asRare, alike) + 1) / (ranked + 1);

const bucketOf = (rarity: DeviceRarity): Bucket => {
  if (!rarity.known && rarity.asRare < NOBODY && rarity.alike < NOBODY) return 'not_seen';
  const share = shareOf(rarity);
  return buckets.find(([atMost]) => share <= atMost)?.[1] ?? '<p95';
};

const round = (number: number): number => Math.round(number * 100) / 100;

/** What stands beside the verdict in both cases. */
const context = ({ ranked, alike, bits, rarest }: DeviceRarity) => [
  evidence('visitors that it is ranked among', Math.round(ranked), 0, 'store'),
  evidence('other visitors with the very same stable attributes', Math.round(alike), 0, 'store'),
  evidence('surprise of its stable attributes (bits)', round(bits), 0, 'page'),
  ...rarest.map(({ attribute, beside, bits: of, seen, among }) =>
    evidence(
      'one of its rarest values',
      { attribute, beside: [...beside], bits: round(of), seen: Math.round(seen), among: Math.round(among) },
      0,
      'store',
    ),
  ),
];

/** How sure a rank is, by how many visitors the share rests on. */
const confidenceOf = ({ ranked }: DeviceRarity): number => (ranked >= 10 * LEAST_RANKED ? 0.9 : 0.7);

/**
 * How rare the device's stable attributes, and the pairs of those that hang together, are among the visitors of this
 * workspace, as the percentile that v4 has. Detected at the rarest thousandth, and where nobody counted was as rare. Unknown
 * where too little was shown to be counted, and below {@link LEAST_RANKED} visitors. So it is for apps: v4 has
 * the field for browsers alone.
 */
export const judgeRareDevice: SignalJudge<'rareDevice'> = ({ platform, rarity }) => {
  if (platform !== 'js') return unknown({}, [evidence('only browsers are ranked', platform, 0, platform)]);
  if (rarity === undefined) {
    return unknown({}, [evidence('too little was shown, or nothing counted, to rank it', null, 0, 'store')]);
  }
  if (rarity.ranked < LEAST_RANKED) {
    const had = { ranked: Math.round(rarity.ranked), needed: LEAST_RANKED };
    return unknown({}, [evidence('too few visitors of this workspace are known', had, 0, 'store')]);
  }
  const percentileBucket = bucketOf(rarity);
  const isRare = RARE.has(percentileBucket);
  const exact = Math.round(shareOf(rarity) * 1e5) / 1e5;
  const share = exact > COMMON ? `over ${COMMON}` : exact;
  const found = [
    evidence('share of visitors at least as rare', share, isRare ? 0.8 : -0.8, 'store'),
    ...context(rarity),
  ];
  return (isRare ? detected : clear)({ percentileBucket }, confidenceOf(rarity), found);
};
