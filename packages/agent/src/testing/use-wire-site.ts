import { type Browser, launchDriven } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startWireServer, type WireServer } from './wire-server.ts';

/** A server that speaks the agent's wire, and a browser, for the tests of a file. Each test starts with nothing received. */
export const useWireSite = (): { readonly whorl: WireServer; readonly browser: Browser } => {
  let running: { whorl: WireServer; browser: Browser } | undefined;
  const current = () => {
    if (running === undefined) throw new Error('the site has not started');
    return running;
  };

  beforeAll(async () => {
    const [whorl, browser] = await Promise.all([startWireServer(), launchDriven()]);
    running = { whorl, browser };
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.whorl.stop();
  });
  beforeEach(() => {
    const { whorl } = current();
    whorl.observations.length = 0;
    whorl.supplements.length = 0;
    whorl.requests.length = 0;
    whorl.answer = {};
  });

  return {
    get whorl() {
      return current().whorl;
    },
    get browser() {
      return current().browser;
    },
  };
};
