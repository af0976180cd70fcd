import { toWords } from './format.ts';

/** What led to a visitor, in words of the reader; the names are those of the explanation. */
const texts: { readonly [key: string]: string } = {
  exact: 'all stable attributes',
  configuration: 'the whole configuration',
  address: 'the address',
  twins: 'the whole configuration, network, timezone, languages, voices and preferences',
  installation: 'graphics, fonts, timezone and cores',
  drawing: 'canvas, screen, timezone and language',
  machine: 'screen, cores, memory, fonts and language',
  network: 'network, graphics, screen and language',
  habits: 'device, language, timezone, voices and text sizes',
};

/** What a key that led to a visitor is made of; one that is not known here is named by its own words. */
export const keyText = (name: string): string => texts[name] ?? toWords(name);
