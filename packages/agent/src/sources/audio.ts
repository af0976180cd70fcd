import { getUnstableAudioFingerprint } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { Noised, type Source } from './source.ts';

/** The sum of a rendered sound, or upstream's code for why there is none. Rendered twice, side by side, to tell noise. */
export const audio: Source<SourceValue<'audio'>> = {
  once: true,
  collect: async () => {
    const [first, second] = [getUnstableAudioFingerprint(), getUnstableAudioFingerprint()];
    if (typeof first === 'number' || typeof second === 'number') return typeof first === 'number' ? first : undefined;
    const [value, again] = await Promise.all([first(), second()]);
    return value === again ? value : new Noised(value);
  },
};
