import { type LoadOptions, loadV3, type V3Agent } from '../faces/v3.ts';
import { BAKED_PUBLIC_KEY } from './baked-key.ts';

/** The classic script that the official v3 loader injects: it looks for this global as soon as the script has run. */
type LoaderWindow = Window & { __fpjs_p_l_b?: { load(options?: LoadOptions): Promise<V3Agent> } };

if (typeof document !== 'undefined') {
  // Known only while the script runs.
  const { currentScript } = document;
  const scriptUrl = currentScript instanceof HTMLScriptElement ? currentScript.src : undefined;
  const page: LoaderWindow = window;
  page.__fpjs_p_l_b = { load: (options) => loadV3({ publicKey: BAKED_PUBLIC_KEY, scriptUrl }, options) };
}
