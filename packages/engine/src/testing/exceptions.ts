import type { SignalName } from '@whorl/contract';

type Reasons = Partial<Record<SignalName, string>>;

const tellsOnly = 'the product reports what is known and passes no verdict';

/** Kinds of fixtures that a signal cannot have, and why. */
export const exceptions: Record<'fires' | 'quiet' | 'lacks', Reasons> = {
  fires: {},
  quiet: { ipInfo: tellsOnly, velocity: tellsOnly },
  lacks: {
    velocity: 'the server always has counters',
    highActivity: 'the server always has counters',
    replayed: 'the server always knows what became of the nonce',
  },
};
