/** A share as a number without ends: natural log-odds, kept finite. */
export const logOdds = (share: number): number => {
  const kept = Math.min(Math.max(share, 1e-12), 1 - 1e-12);
  return Math.log(kept / (1 - kept));
};

/** The share that natural log-odds stand for. */
export const shareOf = (odds: number): number => 1 / (1 + Math.exp(-odds));
