import { signalNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { signalTexts } from './signal-texts.ts';

describe('signalTexts', () => {
  it.each(signalNames)('asks of %s a question, under a title that no other signal has', (name) => {
    expect(signalTexts[name].question).toMatch(/\?$/);
    expect(Object.values(signalTexts).filter(({ title }) => title === signalTexts[name].title)).toHaveLength(1);
  });
});
