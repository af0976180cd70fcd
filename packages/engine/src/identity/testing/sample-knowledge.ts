import { attributeList } from '../attributes.ts';
import { compare, emptyComparison } from '../compare.ts';
import type { IdentityKnowledge } from '../knowledge.ts';
import { portray } from '../portrait.ts';
import { firstProfile } from '../profile.ts';
import { emptyTally, tallyPair, tallyStranger } from '../tally.ts';
import { observed } from './observed.ts';

const DAY = 86_400_000;
const novelty = { discount: 0.5, strength: 1 };

/** What a world teaches in which browsers stay as they are in nineteen of twenty visits, and all else is redrawn. */
export const sampleKnowledge = (): IdentityKnowledge => {
  const tally = emptyTally();
  const compared = emptyComparison();
  const visit = (day: number, changes = {}) => portray(observed(changes), day * DAY);
  const redrawn = (name: string) => ({
    timezone: { value: name, duration: 1 },
    canvas: { value: { winding: true, geometry: 'other', text: 'other' }, duration: 1 },
  });
  const known = firstProfile(visit(0));
  for (let time = 1; time <= 190; time++) {
    compare(visit(time % 20), known, compared);
    tallyPair(tally, compared);
  }
  for (let time = 1; time <= 10; time++) {
    compare(visit(time, redrawn(`Etc/${time}`)), known, compared);
    tallyPair(tally, compared);
  }
  compare(visit(1, redrawn('Asia/Tokyo')), known, compared);
  tallyStranger(tally, compared);
  const each = attributeList.map(() => novelty);
  return {
    systems: {
      Windows: {
        tally,
        novelty: { conditional: each, marginal: each, configuration: novelty, place: novelty },
        returning: { visits: 0.2, days: 10, recency: [] },
      },
    },
    other: 'Windows',
    reliability: {},
    curves: { links: {}, newcomers: {} },
  };
};
