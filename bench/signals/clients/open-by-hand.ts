import { type ByHandOptions, launchByHand } from '@whorl/testing';
import type { Client } from './client.ts';

/** A browser that a person starts: no driver, no flag that a page could see but those of the options. */
export const openByHand =
  (options: Omit<ByHandOptions, 'url'>, env: Record<string, string> = {}): Client['open'] =>
  async (url, home) => {
    // The display is in the home's variables already, so the launcher need not start one.
    const display = { env: {}, stop: async () => {} };
    const browser = await launchByHand({ ...options, url, display, env: { ...home.env, ...env } });
    return () => browser.stop();
  };
