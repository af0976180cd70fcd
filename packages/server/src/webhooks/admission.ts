import type { Delivery } from '@whorl/contract';
import type { Attempted } from './attempt-delivery.ts';
import type { WebhookDirectory } from './webhook-directory.ts';

/** Most deliveries that are taken from the store at once. */
export const HANDFUL = 8;

/** Attempts under way of one webhook. */
const MOST_OF_WEBHOOK = 8;

/** Attempts under way of all webhooks together. */
const MOST_UNDER_WAY = 256;

/**
 * Only one of so many free places is taken at once, so that what is left does not go to whoever comes first. With 24, each
 * of 64 workspaces that come together finds a place, and one that comes after them does, too.
 */
const PLACES_FOR_ONE = 24;

/** A failed attempt that took so many milliseconds held a place that others could have used. */
const SLOW = 1_000;

type Owned = Pick<Delivery, 'id' | 'webhookId' | 'workspaceId'>;

const countBy = (owned: Iterable<Owned>, of: 'webhookId' | 'workspaceId'): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const each of owned) counts.set(each[of], (counts.get(each[of]) ?? 0) + 1);
  return counts;
};

/**
 * Decides how many deliveries of each webhook may be taken up, so that nobody's receivers hold up those of others:
 *
 * - A workspace has no more than its share of the places: with its neighbours it leaves one share free. It may pass its
 *   share by less than a handful.
 * - The last handful of places is for workspaces that have nothing under way, however many have passed their share.
 * - Workspaces take turns: what got a handful gets the next one when the others have had theirs, however much waits.
 * - A webhook whose last attempts failed slowly has one under way, until one is delivered: it is asked, and not waited for.
 */
export class Admission {
  readonly #directory: Pick<WebhookDirectory, 'ids' | 'idsOf' | 'resting'>;
  /** By the ids of the deliveries. */
  readonly #underWay = new Map<string, Owned>();
  readonly #slow = new Set<string>();
  /** Workspaces that have had their turn in this round. */
  readonly #served = new Set<string>();

  constructor(directory: Pick<WebhookDirectory, 'ids' | 'idsOf' | 'resting'>) {
    this.#directory = directory;
  }

  /** How many more may be taken at once. */
  get handful(): number {
    return Math.min(HANDFUL, Math.ceil(this.#free / PLACES_FOR_ONE));
  }

  get #free(): number {
    return MOST_UNDER_WAY - this.#underWay.size;
  }

  /** How many may be taken of each webhook; of those that are not named, a handful. */
  rooms(): Map<string, number> {
    this.#forgetDeleted();
    const rooms = new Map<string, number>();
    for (const id of this.#slow) rooms.set(id, 1);
    for (const [id, count] of countBy(this.#underWay.values(), 'webhookId')) {
      rooms.set(id, Math.max(0, (rooms.get(id) ?? MOST_OF_WEBHOOK) - count));
    }
    for (const id of this.#closed()) rooms.set(id, 0);
    return rooms;
  }

  #forgetDeleted(): void {
    if (this.#slow.size === 0) return;
    const known = new Set(this.#directory.ids());
    for (const id of this.#slow) if (!known.has(id)) this.#slow.delete(id);
  }

  /** Webhooks that get nothing now, whatever they have under way. */
  #closed(): Set<string> {
    const closed = new Set(this.#directory.resting());
    const counts = countBy(this.#underWay.values(), 'workspaceId');
    const share = Math.max(1, Math.floor(MOST_UNDER_WAY / (counts.size + 1)));
    const isLast = this.#free <= HANDFUL;
    for (const [workspaceId, count] of counts) {
      if (isLast || count >= share) for (const id of this.#directory.idsOf(workspaceId)) closed.add(id);
    }
    const waiting = new Set(closed);
    for (const id of this.#served) for (const webhookId of this.#directory.idsOf(id)) waiting.add(webhookId);
    if (this.#directory.ids().some((id) => !waiting.has(id))) return waiting;
    // There is nobody left to give way to.
    this.#served.clear();
    return closed;
  }

  /**
   * Notes what was taken: all of it is under way from now on.
   *
   * @returns whether more may be due: the handful was full, or others gave way
   */
  taken(deliveries: readonly Owned[], wanted: number): boolean {
    for (const { id, webhookId, workspaceId } of deliveries) this.#underWay.set(id, { id, webhookId, workspaceId });
    if (deliveries.length === wanted) {
      for (const { workspaceId } of deliveries) this.#served.add(workspaceId);
      return wanted > 0;
    }
    const gaveWay = this.#served.size > 0;
    this.#served.clear();
    return gaveWay;
  }

  /** An attempt has come to its end. */
  attempted({ webhookId }: Owned, { attempts, next }: Attempted): void {
    if (next.state === 'delivered') this.#slow.delete(webhookId);
    else if (attempts.some(({ duration }) => duration >= SLOW)) this.#slow.add(webhookId);
  }

  /** Its outcome is noted, or will never be: its place is free. */
  ended({ id }: Owned): void {
    this.#underWay.delete(id);
  }
}
