import { groupsOf } from '../metrics/groups.ts';
import { Answers, Journal } from '../metrics/journal.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import type { Contestant, ContestantName } from './contestants.ts';
import { CrowdCount } from './crowd-count.ts';
import { TokenJar } from './token-jar.ts';
import { TokenOrigins } from './token-origins.ts';

export type Contest = { journal: Journal; answers: ReadonlyMap<ContestantName, Answers> };

type Seat = { contestant: Contestant; jar: TokenJar; answers: Answers };

const ask = ({ contestant, jar, answers }: Seat, visit: SimulatedVisit): void => {
  const token = contestant.tokens ? jar.broughtBy(visit) : undefined;
  const start = performance.now();
  const answer = contestant.answer(visit, token);
  const measured = token === undefined || contestant.all === true;
  answers.note(answer, { token, measured }, (performance.now() - start) * 1000);
  if (contestant.tokens) jar.leave(visit, answer);
};

/** Shows every visit to every contestant, one after the other, in one pass. */
export const holdContest = (contestants: readonly Contestant[], visits: Iterable<SimulatedVisit>): Contest => {
  const journal = new Journal();
  const crowds = new CrowdCount();
  const origins = new TokenOrigins();
  const seats = contestants.map((contestant) => ({ contestant, jar: new TokenJar(), answers: new Answers() }));
  for (const visit of visits) {
    journal.note(visit.browser, visit.time, groupsOf(visit, crowds.alike(visit)), origins.of(visit));
    for (const seat of seats) ask(seat, visit);
  }
  return { journal, answers: new Map(seats.map(({ contestant, answers }) => [contestant.name, answers])) };
};
