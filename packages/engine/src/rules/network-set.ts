import { type Network, readNetwork } from '../network/read-network.ts';

/** The first `bits` bits of an address, as a text that no other prefix of the same length has. */
const prefixOf = ({ bytes }: Network, bits: number): string => {
  const whole = bits >> 3;
  const rest = bits & 7;
  const started = rest === 0 ? [] : [(bytes[whole] ?? 0) >> (8 - rest)];
  return String.fromCharCode(...bytes.slice(0, whole), ...started);
};

/** IPv4 lies apart from IPv6: `::/0` holds no address of four bytes. */
const familyOf = ({ bytes }: Network): 4 | 6 => (bytes.length === 4 ? 4 : 6);

/** Prefixes by their lengths in bits. */
type Prefixes = Map<number, Set<string>>;

/**
 * A function that tells whether an address, or a whole network, lies in one of some networks. They are read once and kept
 * by length: looking an address up takes one step for each length that occurs, however many networks there are. Texts
 * that are no address and no network lie nowhere, and hold nothing.
 */
export const networkSet = (texts: readonly string[]): ((text: string) => boolean) => {
  const families: Record<4 | 6, Prefixes> = { 4: new Map(), 6: new Map() };
  for (const text of texts) {
    const network = readNetwork(text);
    if (network === undefined) continue;
    const prefixes = families[familyOf(network)];
    const same = prefixes.get(network.bits) ?? new Set();
    prefixes.set(network.bits, same.add(prefixOf(network, network.bits)));
  }
  return (text) => {
    const address = readNetwork(text);
    if (address === undefined) return false;
    for (const [bits, prefixes] of families[familyOf(address)]) {
      if (bits <= address.bits && prefixes.has(prefixOf(address, bits))) return true;
    }
    return false;
  };
};
