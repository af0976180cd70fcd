import { readNetwork } from '@whorl/engine';

/** The first and the last of some addresses, packed as `packAddress` does. */
export type NetworkRange = { first: Uint8Array; last: Uint8Array };

/** Where IPv4 lies among packed addresses (RFC 4291, 2.5.5.2). */
const V4_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const BEFORE_V4 = Uint8Array.from([...V4_PREFIX.slice(0, 11), 0xfe, 0xff, 0xff, 0xff, 0xff]);
const BEHIND_V4 = Uint8Array.from([...V4_PREFIX.slice(0, 9), 1, 0, 0, 0, 0, 0, 0]);

/** Every IPv4 address. */
export const V4_RANGE: NetworkRange = {
  first: Uint8Array.from([...V4_PREFIX, 0, 0, 0, 0]),
  last: Uint8Array.from([...V4_PREFIX, 0xff, 0xff, 0xff, 0xff]),
};

const isBefore = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) < 0;

/** Whether a packed address lies in a range. */
export const isInRange = (address: Uint8Array, { first, last }: NetworkRange): boolean =>
  !isBefore(address, first) && !isBefore(last, address);

/**
 * The packed addresses of a network, see `readNetwork`: one range, or two where it is of IPv6 and IPv4 lies packed in its
 * midst, nothing of which belongs to it.
 *
 * @throws Error when the text is no network: callers have checked it
 */
export const networkRanges = (text: string): NetworkRange[] => {
  const network = readNetwork(text);
  if (network === undefined) throw new Error(`"${text}" is no network`);
  const { bytes, bits } = network;
  const prefix = bytes.length === 4 ? V4_PREFIX : [];
  const host = bytes.map((_, at) => 0xff >> Math.min(8, Math.max(0, bits - at * 8)));
  const first = Uint8Array.from([...prefix, ...bytes]);
  const last = Uint8Array.from([...prefix, ...bytes.map((byte, at) => byte | (host[at] ?? 0))]);
  const holdsV4 = isBefore(first, V4_RANGE.first) && !isBefore(last, V4_RANGE.last);
  if (!holdsV4) return [{ first, last }];
  const behind = isBefore(V4_RANGE.last, last) ? [{ first: BEHIND_V4, last }] : [];
  return [{ first, last: BEFORE_V4 }, ...behind];
};
