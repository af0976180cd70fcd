/** Where it is told what goes wrong with a list. */
export type ListLog = { warn(fields: { list: string; problem: string; url?: string }, message: string): void };
