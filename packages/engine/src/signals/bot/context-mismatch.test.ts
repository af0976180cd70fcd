import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { contextMismatch } from './context-mismatch.ts';

describe('contextMismatch', () => {
  it('sees graphics that the page forges and the worker does not', () => {
    const worker = { ...chromiumLinux.values.worker, webGlRenderer: 'ANGLE (Google, SwiftShader)' };
    const found = contextMismatch(factsOf(changed(chromiumLinux, { worker })));
    expect(found).toMatchObject({ outcome: 'automation', type: 'stealth' });
  });

  it('shows what switchers of people change without calling it automation', () => {
    const worker = { ...chromiumLinux.values.worker, userAgent: 'another', platform: 'Win32', timezone: 'Asia/Tokyo' };
    const found = contextMismatch(factsOf(changed(chromiumLinux, { worker })));
    expect(found.outcome).toBe('nothing');
    expect(found.evidence).toHaveLength(3);
  });
});
