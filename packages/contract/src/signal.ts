import Type, { type Static } from 'typebox';
import { closed, JsonValue, oneOf } from './json.ts';

/** One fact that a judgement rests on. */
export const Evidence = closed({
  /** What was looked at, in words that a reader of the event understands. */
  fact: Type.String(),
  /** What was seen. */
  value: JsonValue,
  /** How much it speaks for the signal: positive for, negative against, 0 for context. */
  weight: Type.Number(),
  /** Where the value came from: `page`, `worker`, `headers`, `address`, a list's name with its age, `store`. */
  from: Type.String(),
});
export type Evidence = Static<typeof Evidence>;

/** What can be said of a signal. `unknown` is not `clear`: the evidence was not there to be judged. */
export const SignalState = oneOf('detected', 'clear', 'unknown');
export type SignalState = Static<typeof SignalState>;

/** Schema of a signal that carries `data`. */
export const signalOf = <D extends Type.TSchema>(data: D) =>
  closed({
    state: SignalState,
    /** How sure the state is; 0 when unknown. */
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
    data,
    evidence: Type.Array(Evidence),
    /** It was to be judged and could not, by a fault of the server. The state is then `unknown`, and the data says nothing. */
    failed: Type.Optional(Type.Literal(true)),
  });

/** One product of an event: a state, how sure it is, its data, and the evidence that it rests on. */
export type Signal<T> = {
  state: SignalState;
  confidence: number;
  data: T;
  evidence: Evidence[];
  failed?: true;
};

/** Whether a signal was found; neither what is clear nor what could not be judged. */
export const isDetected = ({ state }: Pick<Signal<unknown>, 'state'>): boolean => state === 'detected';
