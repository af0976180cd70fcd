import { type Calibration, calibrationOf } from './calibration.ts';
import { linksOf } from './chains.ts';
import { type Clustering, clusteringOf } from './clustering.ts';
import { type Counts, countsOf, type Shares, sharesOf } from './counts.ts';
import { type Durations, durationsOf } from './durations.ts';
import { type GroupName, groupNames } from './groups.ts';
import { growthOf, quantileOf, type Stretch } from './growth.ts';
import type { Answers, Journal } from './journal.ts';

/** The figures of one group of visits. */
export type GroupSummary = Shares & Clustering & Durations & { counts: Counts; ece: number | null };

/** The figures of one matcher. Times in microseconds. */
export type Summary = {
  groups: { [Name in GroupName]: GroupSummary };
  links: Calibration;
  newcomers: Calibration;
  growth: Stretch[];
  linkP50: number;
  linkP99: number;
};

/** All figures of one matcher's answers. Only the counts leave out visits with a token; what is told of chains has them. */
export const summarise = (journal: Journal, answers: Answers): Summary => {
  const counts = countsOf(journal, answers);
  const links = linksOf(journal, answers);
  const groups = Object.fromEntries(
    groupNames.map((name) => [
      name,
      {
        ...sharesOf(counts[name]),
        ...clusteringOf(links, name),
        ...durationsOf(links, name),
        counts: counts[name],
        ece: calibrationOf(journal, answers, 'links', name).ece,
      },
    ]),
  ) as { [Name in GroupName]: GroupSummary };
  return {
    groups,
    links: calibrationOf(journal, answers, 'links'),
    newcomers: calibrationOf(journal, answers, 'newcomers'),
    growth: growthOf(journal, answers),
    linkP50: quantileOf(answers, 0.5),
    linkP99: quantileOf(answers, 0.99),
  };
};
