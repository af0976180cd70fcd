import { murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { pause } from '../clock.ts';
import type { Source } from './source.ts';

/** Milliseconds to wait for a list that is still empty; a machine without voices never says that it has none. */
const PATIENCE = 250;

const voicesOrPatience = async (speech: SpeechSynthesis): Promise<SpeechSynthesisVoice[]> => {
  const ready = speech.getVoices();
  if (ready.length > 0) return ready;
  const changed = new Promise<void>((resolve) => {
    speech.addEventListener?.('voiceschanged', () => resolve(), { once: true });
  });
  await Promise.race([changed, pause(PATIENCE)]);
  return speech.getVoices();
};

/** The voices that speak here: they come with the system and its languages. Nothing is spoken. */
export const voices: Source<SourceValue<'voices'>> = {
  once: true,
  collect: async () => {
    if (typeof speechSynthesis === 'undefined') return undefined;
    const list = await voicesOrPatience(speechSynthesis);
    const lines = list.map(({ voiceURI, lang, localService }) => `${voiceURI}\t${lang}\t${localService}`).sort();
    const defaultVoice = list.find((voice) => voice.default)?.name;
    return {
      count: list.length,
      hash: murmurX64Hash128(lines.join('\n')),
      local: list.filter(({ localService }) => localService).length,
      ...(defaultVoice === undefined ? {} : { defaultVoice }),
    };
  },
};
