import type { ListLog } from './list-log.ts';

/** A list whose upstream was looked at in vain: why, and whether there is an older copy to go on with. */
export type FailedLook = { name: string; url: string; problem: string; isKept: boolean };

const rest = (isKept: boolean): string =>
  isKept ? 'the last good ones are kept' : 'there are none to go on with, and what they tell is unknown';

/**
 * Logs what could not be fetched in one round, a line for each reason: a server without network has dozens of lists that
 * fail alike, and lines that matter would drown.
 */
export const tellFailures = (failed: readonly FailedLook[], log: ListLog): void => {
  const alike = new Map<string, FailedLook[]>();
  for (const look of failed) {
    const key = `${look.isKept} ${look.problem}`;
    alike.set(key, [...(alike.get(key) ?? []), look]);
  }
  for (const [first, ...others] of alike.values()) {
    if (first === undefined) continue;
    const { name, url, problem, isKept } = first;
    if (others.length === 0) {
      const alone = isKept ? 'the last good one is kept' : 'there is none to go on with';
      log.warn({ list: name, url, problem }, `a network list could not be fetched; ${alone}`);
      continue;
    }
    const list = [first, ...others].map((look) => look.name).join(', ');
    log.warn({ list, problem }, `${others.length + 1} network lists could not be fetched; ${rest(isKept)}`);
  }
};
