import ipaddr from 'ipaddr.js';
import { Random } from '../identification/population/random.ts';

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/[#;].*$/, '').trim())
    .filter((line) => line !== '');

/** The addresses of a list with one a line, each once. */
export const addressesIn = (text: string): string[] => [
  ...new Set(
    linesOf(text)
      .map((line) => line.replace(/\/(?:32|128)$/, ''))
      .filter((line) => ipaddr.isValid(line)),
  ),
];

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
