import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Asks again until the answer is as wanted, for up to `timeoutMs` milliseconds; resolves to the last answer either way, so
 * that the test's own expectation says what was wrong with it.
 */
export const eventually = async <T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  timeoutMs = 6_000,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  let answer = await ask();
  while (!isWanted(answer) && Date.now() < deadline) {
    await sleep(POLL_MS);
    answer = await ask();
  }
  return answer;
};
