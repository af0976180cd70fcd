import { loadAgent, type Visitor } from './agent-module.ts';
import { type Failure, isFailure } from './failure.ts';
import { type DemoEvent, fetchEvent } from './fetch-event.ts';
import type { Site } from './site.ts';
import type { StepName } from './views/progress-view.ts';

/**
 * When the event is read again, in milliseconds after its first reading: some evidence, such as that of the developer
 * tools, takes the agent up to some seconds and reaches the event as a supplement.
 */
const LATER_READINGS_MS = [1500, 3500, 6000];

/** What a visit tells while it runs. Nothing is told after `signal` was aborted. */
export type VisitListener = {
  step(name: StepName, state: 'running' | 'done' | 'failed', took?: number): void;
  /** The first reading of the event, and each later one. */
  read(reading: DemoEvent, first: boolean): void;
  failed(failure: Failure): void;
  /** No more readings follow. */
  settled(): void;
};

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

const supplemented = ({ event }: DemoEvent): boolean => event.updates.some(({ by }) => by === 'supplement');

/**
 * Makes one visit: loads the agent where `visitor` is not given, lets it observe, reads the event, and reads it again
 * until its late evidence has come. Gives the loaded agent for the next visit, or undefined after a failure.
 */
export const runVisit = async (
  site: Site,
  visitor: Visitor | undefined,
  listener: VisitListener,
  signal: AbortSignal,
): Promise<Visitor | undefined> => {
  const timed = async <T extends object>(name: StepName, work: () => Promise<T | Failure>): Promise<T | undefined> => {
    const start = performance.now();
    listener.step(name, 'running');
    const outcome = await work();
    if (signal.aborted) return undefined;
    if (isFailure(outcome)) {
      listener.step(name, 'failed');
      listener.failed(outcome);
      return undefined;
    }
    listener.step(name, 'done', performance.now() - start);
    return outcome;
  };

  const agent = await timed('agent', async () => visitor ?? loadAgent(site));
  const visit = agent && (await timed('visit', agent.visit));
  if (visit === undefined) return undefined;
  const { requestId, proof } = visit.answer;
  const reading = await timed('event', () => fetchEvent(site, requestId, proof));
  if (reading === undefined) return undefined;
  listener.read(reading, true);
  void readAgain(site, requestId, proof, listener, signal);
  return agent;
};

const readAgain = async (
  site: Site,
  requestId: string,
  proof: string,
  listener: VisitListener,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now();
  for (const after of LATER_READINGS_MS) {
    await pause(start + after - performance.now());
    if (signal.aborted) return;
    const reading = await fetchEvent(site, requestId, proof);
    if (signal.aborted) return;
    // A later reading that fails spoils nothing: the first one stands, and the next may come through.
    if (isFailure(reading)) continue;
    listener.read(reading, false);
    if (supplemented(reading)) break;
  }
  listener.settled();
};
