import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** A visit as a server would see it: nothing of the truth, not even the kind of network. */
export type SeenVisit = Pick<SimulatedVisit, 'time' | 'components' | 'browserDetails' | 'address'> & {
  network: { asn: number };
};

/** What a matcher says of a visit. */
export type Answer = {
  /** A whole number from 0, given to one visitor and never again. */
  id: number;
  /** Whether the id was there before. */
  found: boolean;
  /** How likely it is that this is right, 0..1; missing where a matcher does not say. */
  confidence?: number;
  /** Whether the browser is given a token for the id; it is unless this says otherwise. */
  issues?: boolean;
  /** False where an oracle was told whose visit it was without being asked: then the id is no answer of its own. */
  asked?: boolean;
};

/** Anything that recognises visitors. It is made anew for each replay and sees each visit once, in order of time. */
export type Matcher = {
  /** `token`: the id that the browser's storage brings, one that this matcher gave before. */
  answer(visit: SeenVisit, token?: number): Answer;
};

/** The part of a visit that a matcher may see, as an object of its own, so that nothing else can be reached from it. */
export const seenOf = ({ time, components, browserDetails, address, network }: SimulatedVisit): SeenVisit => ({
  time,
  components,
  browserDetails,
  address,
  network: { asn: network.asn },
});
