import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { changed, factsOf } from '../testing/facts-builder.ts';
import { firefoxLinux } from '../testing/other-browsers.ts';
import { clientHintContradictions } from './client-hint-headers.ts';
import { fetchMetadataContradictions } from './fetch-metadata.ts';
import { languageContradiction, userAgentContradiction } from './request-headers.ts';
import { capturedRequests } from './testing/captured-requests.ts';
import { tlsContradictions } from './tls-hello.ts';

describe('requests of real browsers', () => {
  it.each(Object.entries(capturedRequests))(
    'agree with themselves: %s',
    (_, { headers, userAgent, languages, tls }) => {
      const like = userAgent.includes('Firefox') ? firefoxLinux : chromiumLinux;
      const context = { userAgent, languages };
      const page = changed(like, { userAgent, languages: [languages.slice(0, 1)], worker: context, iframe: context });
      const facts = factsOf({ ...page, headers }, { tls });
      expect(userAgentContradiction(facts)).toEqual([]);
      expect(clientHintContradictions(facts) ?? []).toEqual([]);
      expect(languageContradiction(facts)).toEqual([]);
      expect(fetchMetadataContradictions(facts)).toEqual([]);
      expect(tlsContradictions(facts)).toEqual([]);
    },
  );
});
