import { type Calibration, calibrationOf } from './calibration.ts';
import { linksOf } from './chains.ts';
import { type Clustering, clusteringOf } from './clustering.ts';
import { type Counts, countsOf, type Shares, sharesOf } from './counts.ts';
import { type Durations, durationsOf } from './durations.ts';
import { type GroupName, groupNames } from './groups.ts';
import { growthOf, quantileOf, type Stretch } from './growth.ts';
import type { Answers, Journal } from './journal.ts';
import { type StandardErrors, standardErrorsOf } from './standard-errors.ts';
import { type TokensFollowed, tokensFollowed } from './tokens.ts';

/** The figures of one group of visits. */
export type GroupSummary = Shares &
  Clustering &
  Durations & { counts: Counts; ece: number | null; errors: StandardErrors };

/** The figures of one matcher. Times in microseconds. */
export type Summary = {
  /** The share of visits that the matcher was asked about, 0..1: all figures are of these. */
  asked: number;
  groups: { [Name in GroupName]: GroupSummary };
  links: Calibration;
  newcomers: Calibration;
  tokens: TokensFollowed;
  growth: Stretch[];
  linkP50: number;
  linkP99: number;
};

/**
 * All figures of one matcher's answers. Only the counts leave out visits with a token; what is told of chains has them. Of a
 * sample of answers no chains can be told.
 */
export const summarise = (journal: Journal, answers: Answers): Summary => {
  const counts = countsOf(journal, answers);
  const asked = answers.share;
  const links = asked < 1 ? [] : linksOf(journal, answers);
  const groups = Object.fromEntries(
    groupNames.map((name) => [
      name,
      {
        ...sharesOf(counts[name], asked),
        ...clusteringOf(links, name),
        ...durationsOf(links, name),
        counts: counts[name],
        errors: standardErrorsOf(counts[name], asked),
        ece: calibrationOf(journal, answers, 'links', name).ece,
      },
    ]),
  ) as { [Name in GroupName]: GroupSummary };
  return {
    asked,
    groups,
    links: calibrationOf(journal, answers, 'links'),
    newcomers: calibrationOf(journal, answers, 'newcomers'),
    tokens: tokensFollowed(journal, answers),
    growth: growthOf(journal, answers),
    linkP50: quantileOf(answers, 0.5),
    linkP99: quantileOf(answers, 0.99),
  };
};
