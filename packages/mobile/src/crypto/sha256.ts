/** The first 32 bits of the fractional part of a root: what FIPS 180-4 takes its constants from. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;

const isPrime = (number: number): boolean => {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return true;
};

/** Constants of the rounds and the state to begin with, computed at first use. FIPS 180-4, 4.2.2 and 5.3.3. */
const constants = (): { rounds: Int32Array; start: Int32Array } => {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number++) if (isPrime(number)) primes.push(number);
  return {
    rounds: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    start: Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  };
};

let known: ReturnType<typeof constants> | undefined;

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The message, a one bit, zeros, and the length in bits as 64 of them, in blocks of 64 bytes. FIPS 180-4, 5.1.1. */
const padded = (message: Uint8Array): DataView => {
  const blocks = new Uint8Array(64 * Math.ceil((message.length + 9) / 64));
  blocks.set(message);
  blocks[message.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(blocks.length - 4, (message.length << 3) >>> 0);
  return view;
};

/** The 64 words of a block's schedule. FIPS 180-4, 6.2.2, step 1. */
const schedule = (view: DataView, block: number, words: Int32Array): void => {
  for (let at = 0; at < 16; at++) words[at] = view.getInt32(64 * block + 4 * at);
  for (let at = 16; at < 64; at++) {
    const [near, far] = [words[at - 2] ?? 0, words[at - 15] ?? 0];
    const nearMix = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    const farMix = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    words[at] = nearMix + (words[at - 7] ?? 0) + farMix + (words[at - 16] ?? 0);
  }
};

/** Works one block into the state. FIPS 180-4, 6.2.2, steps 2 to 4. */
const compress = (state: Int32Array, words: Int32Array, rounds: Int32Array): void => {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const choice = (e & f) ^ (~e & g);
    const mixE = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + mixE + choice + (rounds[at] ?? 0) + (words[at] ?? 0)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = (state[at] ?? 0) + word;
  });
};

/**
 * SHA-256 of bytes, 32 bytes long. Written here because Hermes and JavaScriptCore in React Native have no WebCrypto; some
 * milliseconds for an observation. FIPS 180-4.
 */
export const sha256 = (message: Uint8Array): Uint8Array => {
  known ??= constants();
  const state = known.start.slice();
  const view = padded(message);
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength / 64; block++) {
    schedule(view, block, words);
    compress(state, words, known.rounds);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => {
    digest.setInt32(4 * at, word);
  });
  return new Uint8Array(digest.buffer);
};
