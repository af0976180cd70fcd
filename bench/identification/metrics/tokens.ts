import { share } from './counts.ts';
import type { Answers, Journal, TokenOrigin } from './journal.ts';

/** Tokens of one origin that a matcher was handed: how many, and the share of visits that were given the token's id, 0..1. */
export type Followed = { handed: number; followed: number | null };

/** What became of the tokens that browsers brought: of their own, and of copies, apart for those of a browser of the same kind. */
export type TokensFollowed = { own: Followed; copied: Followed; alike: Followed };

const followedOf = (journal: Journal, answers: Answers, origins: readonly TokenOrigin[]): Followed => {
  let [handed, followed] = [0, 0];
  for (let place = 0; place < journal.length; place++) {
    if (!answers.handedAt(place) || !origins.includes(journal.tokenAt(place))) continue;
    handed++;
    followed += Number(answers.followedAt(place));
  }
  return { handed, followed: share(followed, handed) };
};

export const tokensFollowed = (journal: Journal, answers: Answers): TokensFollowed => ({
  own: followedOf(journal, answers, ['own']),
  copied: followedOf(journal, answers, ['alike', 'other']),
  alike: followedOf(journal, answers, ['alike']),
});
