import { EVENT_VERSION, type Event } from '@whorl/contract';
import { judge, noActivity, readBrowser } from '@whorl/engine';

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** An address for documentation (RFC 5737). */
const IP = '203.0.113.1';

/**
 * An event that never happened, for trying a webhook: judged like any other, from almost no facts, and stored nowhere. Its
 * request id ends in `sample`, and its tag says `{ "whorlSample": true }`.
 */
export const sampleEvent = (workspaceId: string, environmentId: string, now: number): Event => {
  const browser = readBrowser({}, USER_AGENT);
  const network = {
    address: IP,
    family: 4 as const,
    isPublic: false,
    ipInfo: { v4: { address: IP, geolocation: {} } },
    sources: [],
    countryOffsets: null,
  };
  const { signals, suspectScore } = judge({
    time: now,
    platform: 'js',
    components: {},
    headers: { 'user-agent': USER_AGENT },
    network,
    browser,
    replay: { outcome: 'ok', nonceAge: 0 },
    activity: noActivity,
    population: { dailyEventsP99: null },
    tokenContradictions: [],
  });
  return {
    version: EVENT_VERSION,
    id: `${now}.sample`,
    time: now,
    workspaceId,
    environmentId,
    url: 'https://example.com/',
    ip: IP,
    userAgent: USER_AGENT,
    headers: {},
    tag: { whorlSample: true },
    sdk: { platform: 'js', version: '0' },
    browser,
    identity: {
      visitorId: 'sampleVisitor0000000',
      found: false,
      confidence: 1,
      firstSeen: { workspace: now, server: now },
      lastSeen: null,
      tokenContradictions: [],
      explanation: { method: 'new', reasons: [], candidates: 0 },
    },
    signals,
    suspectScore,
    attributes: {},
    updates: [],
  };
};
