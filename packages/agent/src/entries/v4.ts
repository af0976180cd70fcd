import { type StartOptions, startV4, type V4Agent } from '../faces/v4.ts';
import { BAKED_PUBLIC_KEY } from './baked-key.ts';

/** The ES module at `/v4/<public key>` and `/web/v4/<public key>`, which the official v4 loader imports. */
export const start = (options?: StartOptions): V4Agent =>
  startV4({ publicKey: BAKED_PUBLIC_KEY, scriptUrl: import.meta.url }, options);
