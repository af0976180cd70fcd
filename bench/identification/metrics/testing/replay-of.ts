import { type GroupName, groupsOf } from '../groups.ts';
import { Answers, Journal } from '../journal.ts';

/** One visit and its answer, by hand. Days count from 0; visits are in order of time. */
export type Step = {
  browser: number;
  day?: number;
  id: number;
  found?: boolean;
  confidence?: number;
  token?: boolean;
  asked?: boolean;
  os?: Extract<GroupName, 'Windows' | 'Android' | 'iOS' | 'macOS' | 'Linux'>;
};

const DAY = 86_400_000;

/** A small replay for tests of metrics. */
export const replayOf = (steps: readonly Step[]): { journal: Journal; answers: Answers } => {
  const journal = new Journal();
  const answers = new Answers();
  steps.forEach(({ browser, day, id, found = false, confidence, token = false, asked = true, os = 'iOS' }, place) => {
    journal.note(browser, (day ?? place) * DAY, groupsOf({ os, fleet: null }, 0));
    answers.note({ id, found, asked, ...(confidence === undefined ? {} : { confidence }) }, token, place);
  });
  return { journal, answers };
};
