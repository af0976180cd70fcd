import type { Event } from '@whorl/contract';

/** The other visitors that an event names: those that were compared and not taken. */
export const mentionedBy = ({ identity }: Event): string[] => [
  ...new Set((identity.explanation.runnersUp ?? []).map(({ visitorId }) => visitorId)),
];

/**
 * The visitors that must be there for an event to be recorded: its own, where it was found to be one that was known, and
 * those that it names. An event recorded after their erasure would else bring them back. None for an imported event, whose
 * visitor another service knew.
 */
export const presumedBy = (event: Event): string[] => {
  const { found, visitorId, explanation } = event.identity;
  if (explanation.method === 'imported') return [];
  return [...new Set([...(found ? [visitorId] : []), ...mentionedBy(event)])];
};

/** An event as it would be had it never named that visitor. */
export const withoutMention = (event: Event, visitorId: string): Event => {
  const { explanation } = event.identity;
  const runnersUp = (explanation.runnersUp ?? []).filter((other) => other.visitorId !== visitorId);
  return { ...event, identity: { ...event.identity, explanation: { ...explanation, runnersUp } } };
};
