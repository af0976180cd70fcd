import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE } from '@whorl/engine';
import { grownBy } from '../storage/grown-by.ts';
import type { CountStore } from '../storage/store.ts';

/** A count that has faded below this says nothing any more: what one visitor showed some fifteen months ago. */
const FAINT = 0.03;

/** Counts looked at in one transaction: some milliseconds. */
const CHUNK = 2_000;

/** Milliseconds between two chunks, in which visits are served. */
const BREATH = 20;

/** Walks through all counts and deletes those that have faded away, so that they do not outlive the visitors they tell of by long. */
export const forgetFaintCounts = async (store: Pick<CountStore, 'dropFaintCounts'>, now: number): Promise<void> => {
  const least = FAINT * grownBy(now / MINUTE);
  for (let from: number | null = -1; from !== null; await pause(BREATH)) {
    from = await store.dropFaintCounts(from, CHUNK, least);
  }
};
