import { describe, expect, it } from 'vitest';
import { modelFrom, readKnowledge, writeKnowledge } from './knowledge.ts';
import { sampleKnowledge } from './testing/sample-knowledge.ts';

describe('knowledge of identities', () => {
  it('decides by what was written as by what was learnt', () => {
    const knowledge = sampleKnowledge();
    expect(modelFrom(readKnowledge(writeKnowledge(knowledge)))).toEqual(modelFrom(knowledge));
  });

  it('is refused where it was written for other attributes', () => {
    const written = writeKnowledge(sampleKnowledge()).replace('"gpuLimits"', '"gpuLimit"');
    expect(() => readKnowledge(written)).toThrow(/other attributes/);
  });

  it('outlives an attribute that is added', () => {
    const written = JSON.parse(writeKnowledge(sampleKnowledge())) as { attributes: string[] };
    written.attributes.pop();
    expect(() => readKnowledge(JSON.stringify(written))).not.toThrow();
  });
});
