import { describe, expect, it } from 'vitest';
import { readJson, readJsonObject } from './read-json.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);

describe('readJson', () => {
  it('reads UTF-8, with a byte order mark or without', () => {
    expect(readJson(bytes('{"a":"café"}'))).toEqual({ a: 'café' });
    expect(readJson(bytes('\ufeff{"a":1}'))).toEqual({ a: 1 });
    expect(readJson(bytes('null'))).toBeNull();
  });

  it('reads one body as it reads any other', () => {
    expect(readJson(bytes('{"a":"caf\xe9"}', 'latin1'))).toBeUndefined();
    expect(readJson(bytes('{"a":"café"}'))).toEqual({ a: 'café' });
  });

  it.each([
    ['Latin-1', bytes('{"a":"caf\xe9"}', 'latin1')],
    ['UTF-16', bytes('{"a":1}', 'utf16le')],
    ['a surrogate in three bytes', Buffer.concat([bytes('"'), bytes('eda080', 'hex'), bytes('"')])],
    ['what is no JSON', bytes('{')],
    ['an empty body', bytes('')],
    ['no body', undefined],
    ['a text', '{}'],
  ])('does not read %s', (_, body) => expect(readJson(body)).toBeUndefined());
});

describe('readJsonObject', () => {
  it('takes objects alone', () => {
    expect(readJsonObject(bytes('{"a":1}'))).toEqual({ a: 1 });
    for (const text of ['[]', 'null', '1', '"a"', '{']) expect(readJsonObject(bytes(text))).toBeUndefined();
  });
});
