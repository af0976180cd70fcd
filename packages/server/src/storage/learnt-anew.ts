/** What an operator is told whose database knows visitors, and has no profiles of them yet. */
export const LEARNT_ANEW =
  'Visitors that are known already are recognised by their tokens, and without one again from their next visit on.';
