import type { Page } from '@whorl/testing';
import { beforeAll, expect } from 'vitest';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { type SharedSite, sharedSite } from './shared-site.ts';

/** What the server answers to a visit. */
export type Visit = { requestId: string; visitorId: string };

export type RecordedVisits = {
  here: SharedSite;
  /** The page that the visit was recorded in. */
  page(): Page;
  /** A visit like the recorded one; `device`, its platform, makes it another visitor's. */
  visit(changes?: Record<string, unknown>, device?: string): Promise<Visit>;
};

/** A server, a site and a visit of a real browser, which tests make again and again with other particulars. */
export const recordedVisits = (): RecordedVisits => {
  const here = sharedSite();
  let page: Page;
  let observation: Observation;
  beforeAll(async () => {
    page = await here.browser.newPage();
    observation = await recordObservation(page, here.site);
  });
  return {
    here,
    page: () => page,
    visit: async (changes = {}, device = 'Linux x86_64') => {
      const sources = { ...observation.sources, platform: { v: device, d: 1 } };
      const { status, body } = await ingestClient(here.whorl).observe(observation, { sources, ...changes });
      expect(status).toBe(200);
      return body as Visit;
    },
  };
};
