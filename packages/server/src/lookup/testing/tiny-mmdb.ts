/** What a record of an `.mmdb` file may hold here; whole numbers are written as uint32, others as doubles. */
export type MmdbValue = string | number | MmdbValue[] | { [key: string]: MmdbValue };

const control = (type: number, size: number): Buffer => {
  const [inline, rest] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from(type < 8 ? [(type << 5) | inline, ...rest] : [inline, type - 7, ...rest]);
};

const encoded = (value: MmdbValue): Buffer => {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encoded)]);
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return Buffer.concat([control(7, entries.length), ...entries.flat().map(encoded)]);
  }
  const bytes = Buffer.alloc(Number.isInteger(value) ? 4 : 8);
  if (bytes.length === 4) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(bytes.length === 4 ? 6 : 3, bytes.length), bytes]);
};

/**
 * An `.mmdb` file of one node: every address whose first bit is 0 has `record`, all others none.
 * Written after the MaxMind DB File Format Specification, version 2.0.
 */
export const tinyMmdb = (record: MmdbValue, metadata: { type: string; ipVersion: 4 | 6; builtAt: Date }): Buffer => {
  const nodes = 1;
  const separator = 16;
  const tree = Buffer.alloc(6);
  tree.writeUIntBE(nodes + separator, 0, 3);
  tree.writeUIntBE(nodes, 3, 3);
  return Buffer.concat([
    tree,
    Buffer.alloc(separator),
    encoded(record),
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    encoded({
      binary_format_major_version: 2,
      binary_format_minor_version: 0,
      build_epoch: metadata.builtAt.getTime() / 1_000,
      database_type: metadata.type,
      description: {},
      ip_version: metadata.ipVersion,
      languages: ['en'],
      node_count: nodes,
      record_size: 24,
    }),
  ]);
};
