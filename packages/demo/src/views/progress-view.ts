import { h, spoken } from '../dom.ts';
import { formatDuration } from '../format.ts';

/** The steps of a visit in their order. */
export const steps = {
  agent: { running: 'Load the agent', done: 'Agent' },
  visit: { running: 'Collect and send one observation', done: 'Observation' },
  event: { running: 'Read the event it became', done: 'Event' },
} as const;

export type StepName = keyof typeof steps;

/** How far a step is; `took` in milliseconds once it is done. */
export type StepState = { state: 'waiting' | 'running' | 'done' | 'failed'; took?: number };

const words = { waiting: 'waiting', running: 'in progress', done: 'done', failed: 'failed' } as const;

/** The steps of a visit, with what each took; in short words once all are done. */
export const progressView = (states: { readonly [S in StepName]: StepState }): HTMLElement => {
  const finished = Object.values(states).every(({ state }) => state === 'done');
  return h(
    'ol',
    { class: 'steps' },
    (Object.keys(steps) as StepName[]).map((name) => {
      const { state, took } = states[name];
      return h(
        'li',
        { class: state, 'aria-current': state === 'running' ? 'step' : undefined },
        h('span', { class: 'step-mark', 'aria-hidden': 'true' }),
        h('span', {}, steps[name][finished ? 'done' : 'running'], spoken(`: ${words[state]}`)),
        h('span', { class: 'took' }, took === undefined ? '' : formatDuration(took)),
      );
    }),
  );
};
