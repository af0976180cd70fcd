import { type LoadOptions, loadV3, type V3Agent } from '../faces/v3.ts';
import { BAKED_PUBLIC_KEY } from './baked-key.ts';

/** The ES module at `/v3/<public key>`: `const agent = await (await import(url)).load()`. */
export const load = (options?: LoadOptions): Promise<V3Agent> =>
  loadV3({ publicKey: BAKED_PUBLIC_KEY, scriptUrl: import.meta.url }, options);
