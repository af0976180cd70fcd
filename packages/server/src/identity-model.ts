import { readFile } from 'node:fs/promises';
import { type IdentityModel, modelFrom, readKnowledge } from '@whorl/engine';

/** What the server is shipped with: learnt from simulated visits by `npm run learn:identities`. */
const shipped = new URL('../data/identity-knowledge.json', import.meta.url);

/** What decides which visits are one visitor's, as shipped. */
export const readIdentityModel = async (file = shipped): Promise<IdentityModel> =>
  modelFrom(readKnowledge(await readFile(file, 'utf8')));
