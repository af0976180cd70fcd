import type { Event } from '@whorl/contract';

/** The other visitors that an event names: those that were compared and not taken. */
export const mentionedBy = ({ identity }: Event): string[] => [
  ...new Set((identity.explanation.runnersUp ?? []).map(({ visitorId }) => visitorId)),
];

/** An event as it would be had it never named that visitor. */
export const withoutMention = (event: Event, visitorId: string): Event => {
  const { explanation } = event.identity;
  const runnersUp = (explanation.runnersUp ?? []).filter((other) => other.visitorId !== visitorId);
  return { ...event, identity: { ...event.identity, explanation: { ...explanation, runnersUp } } };
};
