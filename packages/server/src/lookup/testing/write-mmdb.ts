/** What a record of an `.mmdb` file may hold here; whole numbers are written as uint32, others as doubles. */
export type MmdbValue = string | number | boolean | MmdbValue[] | { [key: string]: MmdbValue };

export type MmdbMetadata = {
  type: string;
  ipVersion: 4 | 6;
  builtAt: Date;
  /** Bits of each of a node's two pointers. */
  recordSize?: 24 | 28 | 32;
};

/** What the writer takes at the most: it is for small files of tests. */
const MOST_NODES = 100_000;

const control = (type: number, size: number): Buffer => {
  if (size >= 285 + 65_536) throw new RangeError(`a value of ${size} parts is too large for this writer`);
  const [inline, rest] =
    size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, [(size - 285) >> 8, (size - 285) & 255]];
  return Buffer.from(type < 8 ? [(type << 5) | inline, ...rest] : [inline, type - 7, ...rest]);
};

/** A value in the data section's form. */
export const encodeMmdb = (value: MmdbValue): Buffer => {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'boolean') return control(14, value ? 1 : 0);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encodeMmdb)]);
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return Buffer.concat([control(7, entries.length), ...entries.flat().map((part) => encodeMmdb(part))]);
  }
  const isWhole = Number.isInteger(value) && value >= 0;
  const bytes = Buffer.alloc(isWhole ? 4 : 8);
  if (isWhole) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(isWhole ? 6 : 3, bytes.length), bytes]);
};

type Node = [Node | number | null, Node | number | null];

/** The bits of a network's address, most significant first; IPv4 lies in the lowest 32 bits of a tree of IPv6. */
const bitsOf = (cidr: string, ipVersion: 4 | 6): number[] => {
  const [text = '', length] = cidr.split('/');
  const isV4 = !text.includes(':');
  if (!isV4 && ipVersion === 4) throw new RangeError(`${cidr} cannot be in a file of IPv4`);
  const [head = '', tail] = text.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const [before, after] = [words(head), words(tail ?? '')];
  const bytes = isV4
    ? text.split('.').map(Number)
    : [...before, ...Array(tail === undefined ? 0 : 8 - before.length - after.length).fill(0), ...after].flatMap(
        (word: number) => [word >> 8, word & 255],
      );
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
  const kept = bits.slice(0, Number(length ?? bits.length));
  return isV4 && ipVersion === 6 ? [...Array(96).fill(0), ...kept] : kept;
};

const insert = (root: Node, bits: number[], record: number): void => {
  let node = root;
  bits.forEach((bit, depth) => {
    if (depth === bits.length - 1) {
      node[bit as 0 | 1] = record;
      return;
    }
    const next = node[bit as 0 | 1];
    if (typeof next === 'number') throw new RangeError('networks overlap');
    const child: Node = next ?? [null, null];
    node[bit as 0 | 1] = child;
    node = child;
  });
};

const number = (root: Node): Map<Node, number> => {
  const numbers = new Map<Node, number>();
  const queue: Node[] = [root];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    numbers.set(node, numbers.size);
    for (const child of node) if (typeof child === 'object' && child !== null) queue.push(child);
    if (numbers.size > MOST_NODES) throw new RangeError(`more than ${MOST_NODES} nodes`);
  }
  return numbers;
};

const pair = (left: number, right: number, size: 24 | 28 | 32): Buffer => {
  const bytes = Buffer.alloc(size / 4);
  if (size === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left & 0xff_ffff, 0, 3);
  bytes.writeUIntBE(right & 0xff_ffff, size === 28 ? 4 : 3, 3);
  // The four bits that three bytes do not hold share the byte in the middle.
  if (size === 28) bytes[3] = ((left >>> 24) << 4) | (right >>> 24);
  return bytes;
};

const SEPARATOR = 16;

/**
 * A small `.mmdb` file with a record for each of the networks, which must not overlap. Written after the MaxMind DB File Format
 * Specification, version 2.0: https://maxmind.github.io/MaxMind-DB/
 */
export const writeMmdb = (
  networks: Readonly<Record<string, MmdbValue>>,
  { type, ipVersion, builtAt, recordSize = 24 }: MmdbMetadata,
): Buffer => {
  const root: Node = [null, null];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [cidr, record] of Object.entries(networks)) {
    const encoded = encodeMmdb(record);
    insert(root, bitsOf(cidr, ipVersion), offset);
    data.push(encoded);
    offset += encoded.length;
  }
  const numbers = number(root);
  const count = numbers.size;
  const target = (child: Node | number | null): number => {
    if (child === null) return count;
    return typeof child === 'number' ? count + SEPARATOR + child : (numbers.get(child) ?? count);
  };
  return Buffer.concat([
    ...[...numbers.keys()].map(([left, right]) => pair(target(left), target(right), recordSize)),
    Buffer.alloc(SEPARATOR),
    ...data,
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    encodeMmdb({
      binary_format_major_version: 2,
      binary_format_minor_version: 0,
      build_epoch: builtAt.getTime() / 1_000,
      database_type: type,
      description: {},
      ip_version: ipVersion,
      languages: ['en'],
      node_count: count,
      record_size: recordSize,
    }),
  ]);
};
