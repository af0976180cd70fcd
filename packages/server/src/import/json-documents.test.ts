import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonDocument, jsonDocuments } from './json-documents.ts';
import { JsonSplitter } from './json-splitter.ts';
import { utf8OfUtf16 } from './utf8-of-utf16.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'whorl-documents-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const read = async (content: string | Buffer): Promise<JsonDocument[]> => {
  const path = join(directory, 'export');
  await writeFile(path, content);
  const documents: JsonDocument[] = [];
  for await (const document of jsonDocuments(path)) documents.push(document);
  return documents;
};

const values = (documents: JsonDocument[]) => documents.flatMap((each) => (each.ok ? [each.value] : []));
const faults = (documents: JsonDocument[]) =>
  documents.flatMap((each) => (each.ok ? [] : [`${each.line}: ${each.fault}`]));

/** A document with everything in its texts that could be taken for its end. */
const tricky = { text: '}{][,"\\\n', nested: [[{ ünï: '𝄞' }], {}], number: -1.5e3, nothing: null };
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

describe('jsonDocuments', () => {
  it.each<[string, string | Buffer, unknown[]]>([
    ['one document', JSON.stringify(tricky), [tricky]],
    ['one on many lines', pretty(tricky), [tricky]],
    ['one on each line', `${JSON.stringify(tricky)}\r\n\n${JSON.stringify([1])}\n`, [tricky, [1]]],
    ['pretty ones after one another', `${pretty(tricky)}\n${pretty([1, [2]])}\n${pretty({})}`, [tricky, [1, [2]], {}]],
    ['many on one line', '{"a":1}{"b":2} [3]', [{ a: 1 }, { b: 2 }, [3]]],
    ['commas between them', '{"a":1},\n{"b":2},\n', [{ a: 1 }, { b: 2 }]],
    ['a list with each item on a line', '[\n{"a":1},\n{"b":2}\n]', [[{ a: 1 }, { b: 2 }]]],
    ['a byte order mark', Buffer.from('\ufeff{"a":1}'), [{ a: 1 }]],
    ['UTF-16', Buffer.from(`\ufeff${pretty(tricky)}`, 'utf16le'), [tricky]],
    ['UTF-16 without a mark', Buffer.from(pretty(tricky), 'utf16le'), [tricky]],
    ['UTF-16, big end first', Buffer.from(`\ufeff${pretty(tricky)}`, 'utf16le').swap16(), [tricky]],
    ['gzip', gzipSync(`${pretty(tricky)}\n${JSON.stringify([1])}`), [tricky, [1]]],
    ['several gzip files after one another', Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('[2]')]), [{ a: 1 }, [2]]],
    ['UTF-16 in gzip', gzipSync(Buffer.from('\ufeff{"a":1}', 'utf16le')), [{ a: 1 }]],
    ['nothing', '', []],
    ['white space', ' \n\t\r\n', []],
  ])('reads %s', async (_, content, expected) => {
    const documents = await read(content);
    expect(faults(documents)).toEqual([]);
    expect(values(documents)).toEqual(expected);
  });

  it('tells the line that each begins at', async () => {
    const documents = await read(`\n${pretty({ a: 1 })}\n\n{"b":2}\n`);
    expect(documents.map(({ line }) => line)).toEqual([2, 6]);
  });

  const whole = pretty({ a: [1, 2], b: { c: 'text' } });
  const last = whole.split('\n').length;

  it.each<[string, string, unknown[], string[]]>([
    [
      'a text that does not end',
      `${whole.replace('text"', 'text')}\n{"b":2}`,
      [{ b: 2 }],
      [`1: up to line ${last}, is not JSON: a text does not end in line 7`],
    ],
    [
      'a bracket too few',
      `${whole.replace(']', '')}\n${whole}`,
      [JSON.parse(whole)],
      [`1: up to line ${last}, is not JSON: brackets do not match in line ${last}`],
    ],
    [
      'a document that another one follows before its end',
      `${whole.slice(0, -2)}\n${whole}`,
      [JSON.parse(whole)],
      [`1: up to line ${last - 1}, is not JSON: line ${last} begins another before it is whole`],
    ],
    ['a comma too many', whole.replace('2\n', '2,\n'), [], [`1: up to line ${last}, is not JSON: Unexpected token`]],
    ['half a document', whole.slice(0, 20), [], ['1: up to line 3, is not JSON: it ends before it is whole']],
    [
      'a line that ends where a value belongs',
      '{"a":\n{"b":2}\n{"c":3}\n',
      [{ b: 2 }, { c: 3 }],
      ['1: up to line 2, is not JSON: line 3 begins another before it is whole'],
    ],
    [
      'an item of a list that is cut short',
      '[\n{"a":1},\n{"b":"tex\n{"c":3}\n]\n',
      [{ a: 1 }, { c: 3 }],
      ['1: up to line 3, is not JSON: a text does not end in line 3'],
    ],
    ['what is no JSON at all', 'id,visitor\n1,2\n3,4\n', [], ['1: up to line 3, holds no JSON object or list']],
    ['zeros', '\0'.repeat(200_000), [], ['1: holds no JSON object or list']],
    ['lists in lists without end', `${'['.repeat(100_000)}\n{"b":2}`, [{ b: 2 }], ['1: nests deeper than 1000 levels']],
  ])('reports %s once, and reads on', async (_, content, expected, reported) => {
    const documents = await read(content);
    expect(values(documents)).toEqual(expected);
    const given = faults(documents);
    expect(given).toHaveLength(reported.length);
    for (const [at, fault] of given.entries()) expect(fault).toContain(reported[at]);
  });

  it('refuses what is not UTF-8', async () => {
    const documents = await read(Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xe9), Buffer.from('"}\n[1]')]));
    expect(faults(documents)).toEqual(['1: is not JSON: it is not well-formed Unicode']);
    expect(values(documents)).toEqual([[1]]);
  });

  it.each(['\ud800', '\udc00', '\ud800\ud800', '\udc00\ud800'])(
    'refuses a document of UTF-16 with %j in it, and no other',
    async (half) => {
      const text = Buffer.from(`{"a":"\ufffd𝄞"}\n{"b":"${half}"}\n{"c":"${half}x"}\n[1]\n`, 'utf16le');
      for (const bytes of [text, Buffer.from(text).swap16()]) {
        const documents = await read(bytes);
        expect(values(documents)).toEqual([{ a: '\ufffd𝄞' }, [1]]);
        expect(faults(documents)).toEqual([2, 3].map((line) => `${line}: is not JSON: it is not well-formed Unicode`));
      }
    },
  );

  it('tells that UTF-16 ends within a character', async () => {
    const text = Buffer.from('[1]\n[2]', 'utf16le');
    for (const bytes of [text, Buffer.from(text).swap16()]) {
      const documents = await read(Buffer.concat([bytes, Buffer.of(0x20)]));
      expect(values(documents)).toEqual([[1], [2]]);
      expect(faults(documents)).toEqual(['2: holds no JSON object or list']);
    }
    const halved = await read(Buffer.from('[1]\n["x\ud834', 'utf16le'));
    expect(values(halved)).toEqual([[1]]);
    expect(faults(halved)).toEqual(['2: is not JSON: it ends before it is whole']);
  });

  it('reads UTF-16 the same wherever its chunks end', async () => {
    const text = `\ufeff{"a":"ünï 𝄞 \ufeff"}`;
    for (const endian of ['little', 'big'] as const) {
      const bytes = Buffer.from(text, 'utf16le');
      if (endian === 'big') bytes.swap16();
      for (let cut = 0; cut <= bytes.length; cut++) {
        const chunks = async function* () {
          yield bytes.subarray(0, cut);
          yield bytes.subarray(cut);
        };
        const parts: Buffer[] = [];
        for await (const part of utf8OfUtf16(endian)(chunks())) parts.push(part);
        expect(Buffer.concat(parts).toString(), `${endian}, ${cut}`).toBe(text.slice(1));
      }
    }
  });

  it('says in which line gzip breaks off, also where the last document was whole', async () => {
    const packed = gzipSync('{"a":1}\n{"b":2}\n{"c":3}', { level: 0 });
    // Without the checksum and the length that end it.
    const documents = await read(packed.subarray(0, -8));
    expect(values(documents)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
    expect(faults(documents)).toEqual(['3: cannot be unpacked: unexpected end of file']);
  });

  it('says where gzip breaks off, and reads what comes before', async () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => JSON.stringify({ at, random: Math.random() }));
    const packed = gzipSync(lines.join('\n'));
    const documents = await read(packed.subarray(0, packed.length / 2));
    expect(values(documents).length).toBeGreaterThan(100);
    expect(faults(documents).at(-1)).toContain('cannot be unpacked: unexpected end of file');
  });

  it('reads the same wherever its chunks end', () => {
    const text = Buffer.from(`${pretty(tricky)}\n${JSON.stringify(tricky)}\n{"cut":"sho\n[\n{"a":1}\n]\n`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 6 }), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), text.length];
        const splitter = new JsonSplitter();
        let from = 0;
        const found = ends.flatMap((to) => {
          const stretches = splitter.push(text.subarray(from, to));
          from = to;
          return stretches;
        });
        const all = [...found, ...splitter.end()].map((each) => (each.ok ? JSON.parse(each.text.toString()) : each));
        expect(all).toEqual([
          tricky,
          tricky,
          { first: 15, last: 15, ok: false, fault: 'is not JSON: a text does not end in line 15' },
          [{ a: 1 }],
        ]);
      }),
    );
  });

  it('reads back whatever is written, however it is laid out', () => {
    const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.constantFrom(0, 1, 2))), (written) => {
        const splitter = new JsonSplitter();
        const text = written.map(([each, indent]) => JSON.stringify(each, null, indent)).join('\n');
        const found = [...splitter.push(Buffer.from(text)), ...splitter.end()];
        expect(found.map((each) => (each.ok ? JSON.parse(each.text.toString()) : each))).toEqual(
          written.map(([each]) => JSON.parse(JSON.stringify(each))),
        );
      }),
    );
  });
});

describe('JsonSplitter', () => {
  it('keeps no document that is too large, and reads on', () => {
    const splitter = new JsonSplitter(1024 * 1024);
    const stretches = [...splitter.push(Buffer.from('{"events":["'))];
    for (let at = 0; at < 20; at++) stretches.push(...splitter.push(Buffer.alloc(100_000, 'x')));
    stretches.push(...splitter.push(Buffer.from('"]}\n{"a":1}\n')), ...splitter.end());
    expect(stretches).toEqual([
      {
        first: 1,
        last: 1,
        ok: false,
        fault: "is larger than 1 MB; give each event a line of its own: jq -c '.events[]' <file>",
      },
      { first: 2, last: 2, ok: true, text: Buffer.from('{"a":1}') },
    ]);
  });
});
