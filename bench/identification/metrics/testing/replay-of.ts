import { type GroupName, groupsOf } from '../groups.ts';
import { Answers, Journal, type TokenOrigin } from '../journal.ts';

/** One visit and its answer, by hand. Days count from 0; visits are in order of time. */
export type Step = {
  browser: number;
  day?: number;
  id: number;
  found?: boolean;
  confidence?: number;
  /** The id that the visit's token names, and whose token it is. */
  token?: number;
  origin?: TokenOrigin;
  asked?: boolean;
  os?: Extract<GroupName, 'Windows' | 'Android' | 'iOS' | 'macOS' | 'Linux'>;
};

const DAY = 86_400_000;

/** A small replay for tests of metrics. */
export const replayOf = (steps: readonly Step[]): { journal: Journal; answers: Answers } => {
  const journal = new Journal();
  const answers = new Answers();
  steps.forEach((step, place) => {
    const { browser, day, id, found = false, confidence, token, origin, asked = true, os = 'iOS' } = step;
    journal.note(browser, (day ?? place) * DAY, groupsOf({ os, fleet: null }, 0), origin);
    const answer = { id, found, asked, ...(confidence === undefined ? {} : { confidence }) };
    answers.note(answer, { token, measured: token === undefined }, place);
  });
  return { journal, answers };
};
