import ipaddr from 'ipaddr.js';
import { Random } from '../identification/population/random.ts';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/[#;].*$/, '').trim())
    .filter((line) => line !== '');

/** The addresses of a list with one a line, whatever follows it, each once. */
export const addressesIn = (text: string): string[] => [
  ...new Set(
    linesOf(text)
      .map((line) => line.split(/\s/, 1)[0]?.replace(/\/(?:32|128)$/, '') ?? '')
      .filter((line) => ipaddr.isValid(line)),
  ),
];

/** The addresses of a list of Tor relays: fingerprint, address, port; each once. */
export const exitsIn = (text: string): string[] => addressesIn(text.replace(/^[^,\n]*,[ ]*([^,\n]*),.*$/gm, '$1'));

/** The IPv4 addresses of a list of proxies, as `http://192.0.2.1:8080`, each once. */
export const proxiesIn = (text: string): string[] => addressesIn(text.replace(/^\w+:\/\/([\d.]+):\d+$/gm, '$1'));

/** One address out of each network of a list, drawn at random; the same for the same seed. */
export const oneOfEach = (text: string, seed: number): string[] => {
  const random = new Random(seed, 'networks');
  return linesOf(text)
    .filter((line) => ipaddr.isValidCIDR(line))
    .map((line) => {
      const [address, length] = ipaddr.parseCIDR(line);
      const bytes = address.toByteArray();
      for (let bit = length; bit < bytes.length * 8; bit += 1) {
        const place = 7 - (bit % 8);
        const byte = bytes[bit >> 3] ?? 0;
        bytes[bit >> 3] = (byte & ~(1 << place)) | (random.below(2) << place);
      }
      return ipaddr.fromByteArray(bytes).toString();
    });
};
