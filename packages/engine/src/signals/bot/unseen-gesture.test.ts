import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { unseenGesture } from './unseen-gesture.ts';

const probe = { stackTraceHits: 0, probes: 19, elapsed: 2551.2 };
const find = (seen: { gestureWithoutInput?: boolean }) =>
  unseenGesture(factsOf(changed(chromiumLinux, { developerTools: { ...probe, ...seen } })));

describe('unseenGesture', () => {
  it('sees patchright 1.63, which leaves nothing else', () => {
    expect(find({ gestureWithoutInput: true })).toMatchObject({ outcome: 'automation', type: 'devtools_protocol' });
  });

  it('finds nothing in a page that was not activated, or by input', () => {
    expect(find({ gestureWithoutInput: false }).outcome).toBe('nothing');
  });

  it('does not look where the browser does not tell, or the page was activated before', () => {
    expect(find({}).outcome).toBe('not-looked');
  });
});
