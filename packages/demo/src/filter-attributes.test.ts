import { describe, expect, it } from 'vitest';
import { attributeRows, filterAttributes } from './filter-attributes.ts';

const rows = attributeRows({
  languages: { value: [['en-US']], duration: 0.1 },
  canvas: { value: 'f00d', duration: 9, noised: true },
  osCpu: { absent: true, duration: 0 },
  worker: { error: { name: 'TimeoutError', message: 'no answer' }, duration: 1000 },
});

const found = (query: string): string[] => filterAttributes(rows, query).map(({ name }) => name);

describe('attributeRows', () => {
  it('keeps the order, and tells a value, an absence and an error apart', () => {
    expect(rows.map(({ name, outcome, text, noised }) => [name, outcome, text, noised])).toEqual([
      ['languages', 'value', '[["en-US"]]', false],
      ['canvas', 'value', 'f00d', true],
      ['osCpu', 'absent', '', false],
      ['worker', 'error', 'TimeoutError: no answer', false],
    ]);
  });
});

describe('filterAttributes', () => {
  it('keeps all for an empty query', () => {
    expect(found('  ')).toHaveLength(4);
  });

  it('looks in names, values, errors, outcomes and the noise mark, in any case', () => {
    expect(found('LANG')).toEqual(['languages']);
    expect(found('en-us')).toEqual(['languages']);
    expect(found('timeout')).toEqual(['worker']);
    expect(found('absent')).toEqual(['osCpu']);
    expect(found('noised')).toEqual(['canvas']);
  });

  it('wants every word', () => {
    expect(found('error worker')).toEqual(['worker']);
    expect(found('error canvas')).toEqual([]);
  });
});
