import { type Event, type Feature, signalNames } from '@whorl/contract';

/** The products of an event that could not be judged by a fault of the server. */
export const failedProducts = ({ signals, suspectScore }: Pick<Event, 'signals' | 'suspectScore'>): Feature[] => [
  ...signalNames.filter((name) => signals[name].failed === true),
  ...(suspectScore.failed === true ? (['suspectScore'] as const) : []),
];
