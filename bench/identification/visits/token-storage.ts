import type { Random } from '../population/random.ts';
import type { TokenState } from './simulated-visit.ts';

/** Safari keeps storage that scripts wrote for this long without a visit: https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/ */
export const SAFARI_CAP_DAYS = 7;

/** How often those clear who do clear, a day. */
export const CLEARINGS = 1 / 30;
const NINETY = 90;

/** The share of browsers that clear their storage at all, so that `clearing` of all do within ninety days. */
export const clearersOf = (clearing: number): number => Math.min(1, clearing / (1 - Math.exp(-CLEARINGS * NINETY)));

/** Never written, as a day. */
const NEVER = -1;

/** Whose browser keeps its token until when. Days since the epoch. */
export class TokenStorage {
  private readonly clears: Uint8Array;
  private readonly written: Float64Array;
  private readonly random: Random;

  /** `clearing` is the share of browsers that clear their storage at some time within ninety days. */
  constructor(browsers: number, clearing: number, random: Random) {
    this.clears = Uint8Array.from({ length: browsers }, () => (random.chance(clearersOf(clearing)) ? 1 : 0));
    this.written = new Float64Array(browsers).fill(NEVER);
    this.random = random;
  }

  /** What the browser brings on a day; an ordinary visit then leaves a fresh token. */
  visit(browser: number, day: number, isPrivate: boolean, isSafari: boolean): TokenState {
    if (isPrivate) return 'none';
    const before = this.written[browser] ?? NEVER;
    this.written[browser] = day;
    if (before === NEVER) return 'none';
    if (isSafari && day - before > SAFARI_CAP_DAYS) return 'lost';
    const cleared = this.clears[browser] === 1 && this.random.chance(1 - Math.exp(-CLEARINGS * (day - before)));
    return cleared ? 'lost' : 'kept';
  }
}
