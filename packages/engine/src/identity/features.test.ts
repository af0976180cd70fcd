import { describe, expect, it } from 'vitest';
import { featuresOf } from './features.ts';
import { observed } from './testing/observed.ts';

describe('featuresOf', () => {
  it('reads what the machine shows', () => {
    expect(featuresOf(observed())).toMatchObject({ os: 'Windows', platform: 'Win32', cores: '8', memory: '8' });
  });

  it('leaves out what Brave makes up anew for each session', () => {
    const privacy = { value: { brave: true, screenEqualsWindow: false }, duration: 1 };
    const features = featuresOf(observed({ privacy }));
    expect(features).toMatchObject({ os: 'Windows', platform: 'Win32' });
    expect(features).not.toHaveProperty('cores');
    expect(features).not.toHaveProperty('memory');
  });
});
