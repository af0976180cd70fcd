import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which others have a turn. Four lists at most are read at a time. */
const SLICE = 5;

/**
 * Does long work a few milliseconds at a time, so that visits are answered meanwhile. The work yields wherever it may be put
 * aside, well within a millisecond each time; what it throws rejects.
 */
export const inSlices = async <Result>(work: Generator<void, Result>, slice = SLICE): Promise<Result> => {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < slice) continue;
    await setImmediate();
    began = performance.now();
  }
};
