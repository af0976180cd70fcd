import type { Event } from '@whorl/contract';

/** Is told of an event once it is durable. Must not throw, and must not hold up the answer. */
export type EventListener = (event: Event) => void;

/** Last stage: tells everyone who waits for events. */
export const announce = (events: readonly Event[], listeners: readonly EventListener[]): void => {
  for (const event of events) for (const listener of listeners) listener(event);
};
