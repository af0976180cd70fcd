/** One thing wrong with a ruleset: where, as a JSON pointer (RFC 6901), and what is to be mended. */
export type RuleFault = { field: string; problem: string };
