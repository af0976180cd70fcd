import type { Components } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { keysOf } from './blocking-keys.ts';
import { type DecisionOptions, decide, linkThresholds, type Surroundings } from './decide.ts';
import { featuresOf } from './features.ts';
import type { Candidate, Claim, Visit } from './identity.ts';
import { modelFrom } from './knowledge.ts';
import { MINUTE, portray } from './portrait.ts';
import { firstProfile } from './profile.ts';
import { teachNewcomer } from './teach.ts';
import { observed } from './testing/observed.ts';
import { sampleKnowledge } from './testing/sample-knowledge.ts';

const DAY = 1440 * MINUTE;
const model = modelFrom(sampleKnowledge());
const usual: DecisionOptions = { model, threshold: linkThresholds.default };

type Changes = { components?: Components; address?: string; os?: string; browser?: string };

const visit = (day: number, { components = {}, address, os, browser }: Changes = {}): Visit => {
  const base = observed(components);
  const seen = {
    ...base,
    address: address ?? base.address,
    browser: { ...base.browser, os: os ?? base.browser.os, browserName: browser ?? base.browser.browserName },
  };
  return { portrait: portray(seen, day * DAY), features: featuresOf(seen) };
};

const value = <T>(of: T) => ({ value: of, duration: 1 });
const fonts = (...names: string[]): Components => ({ fonts: value(names) });

/** A world of some known visitors, all of them seen on day 0. */
const world = (known: Record<string, Changes>, claims: Claim[] = []): Surroundings => {
  const counts = new Map<number, number>();
  const countOf = (key: number) => counts.get(key) ?? 0;
  const learn = (changes: Changes) => {
    const { portrait } = visit(0, changes);
    for (const { key, by } of teachNewcomer(countOf, portrait, [], 1)) counts.set(key, countOf(key) + by);
  };
  for (let other = 0; other < 50; other++) {
    const components = { ...fonts(`Font ${other}`), timezone: value(`Etc/Zone${other % 10}`) };
    learn({ components, address: `198.51.100.${other}` });
  }
  for (const changes of Object.values(known)) learn(changes);
  const candidates: Candidate[] = Object.entries(known).map(([visitorId, changes]) => ({
    visitorId,
    profile: firstProfile(visit(0, changes).portrait),
    foundBy: ['configuration', 'address'],
  }));
  const lines = keysOf(visit(0).portrait).map(({ key }) => ({ key, read: candidates.length }));
  return { claims, candidates, lines, countOf };
};

const claim = (visitorId: string, place: Claim['place'] = 'cookie', changes: Changes = {}): Claim => ({
  visitorId,
  place,
  features: visit(0, changes).features,
  profile: firstProfile(visit(0, changes).portrait),
});

describe('decide without a token', () => {
  it('finds who looks the same, and explains it in bits', () => {
    const { match, confidence, trusted, explanation } = decide(visit(2), world({ A: {} }), usual);
    expect(match).toBe('A');
    expect(confidence).toBeGreaterThan(0.9);
    expect(trusted).toBe(true);
    expect(explanation).toMatchObject({ method: 'key', via: 'configuration', foundBy: ['configuration', 'address'] });
    expect(explanation.reasons).toContainEqual(expect.objectContaining({ fact: 'fonts', value: 'agreed' }));
    expect(explanation.margin).toBeGreaterThan(3);
  });

  it('tells evidence whose bits add up to the odds against a new visitor', () => {
    const { explanation } = decide(
      visit(2, { components: fonts(...'ABCDEFGH'.split('').map((name) => `Font ${name}`)) }),
      world({ A: {} }),
      usual,
    );
    const bits = explanation.reasons.reduce((sum, { weight }) => sum + weight, 0);
    // The margin is against the next answer, which is a new visitor; what weighs next to nothing is left out of the reasons.
    expect(Math.abs(bits) - Math.abs(explanation.margin ?? 0)).toBeCloseTo(0, 0);
    expect(explanation.reasons).toContainEqual(expect.objectContaining({ fact: 'fonts', value: 'moved' }));
  });

  it('takes nothing for rare where the counts are lost: another machine is not merged', () => {
    const uncounted = { ...world({ A: {} }), countOf: () => 0 };
    const other = visit(2, {
      components: {
        ...fonts(...'ABCDEFGH'.split('').map((name) => `Font ${name}`)),
        canvas: value({ winding: true, geometry: 'other', text: 'other' }),
        audio: value(35.7),
        hardwareConcurrency: value(16),
      },
    });
    expect(decide(other, uncounted, usual).match).toBeNull();
    expect(decide(visit(2), uncounted, usual).match).toBe('A');
  });

  it('makes a visitor new when nobody is known', () => {
    const decision = decide(visit(2), world({}), usual);
    expect(decision).toMatchObject({ match: null, trusted: true, explanation: { method: 'new', candidates: 0 } });
    expect(decision.explanation.reasons[0]?.fact).toMatch('no known visitor');
  });

  it('does not choose between two who look alike, and names them', () => {
    const decision = decide(visit(2), world({ A: {}, B: {} }), usual);
    expect(decision.match).toBeNull();
    expect(decision.explanation.runnersUp?.map(({ visitorId }) => visitorId).sort()).toEqual(['A', 'B']);
    expect(decision.newcomer).toBeLessThan(0.5);
  });

  it('tells two who look alike apart by the address', () => {
    const known = world({ A: { address: '203.0.113.9' }, B: {} });
    expect(decide(visit(2), known, usual).match).toBe('B');
  });

  it('asks as much as the workspace does', () => {
    const known = world({ A: {} });
    const { confidence } = decide(visit(2), known, usual);
    expect(decide(visit(2), known, { model, threshold: confidence + 0.001 }).match).toBeNull();
    const unsure = world({ A: { components: { deviceMemory: value(4) } }, B: {} });
    const low = decide(visit(2), unsure, { model, threshold: linkThresholds['low-risk'] });
    expect(low.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('compares nothing where too little is shown, and is in two minds', () => {
    const blank: Visit = { portrait: { ...visit(2).portrait, values: new Uint32Array(31) }, features: {} };
    const decision = decide(blank, world({ A: {} }), usual);
    expect(decision).toMatchObject({ match: null, confidence: 0.5, newcomer: 0.5 });
    expect(decision.explanation.reasons[0]?.fact).toMatch('too little');
  });

  it('does not merge a visit that hides half of what it has with somebody else', () => {
    const half = visit(2, {
      components: {
        ...fonts('Futura'),
        webGlBasics: { absent: true, duration: 1 },
        audio: { absent: true, duration: 1 },
      },
      address: '192.0.2.77',
    });
    expect(decide(half, world({ A: {} }), usual).match).toBeNull();
  });
});

describe('decide with a token', () => {
  it('follows one that nothing contradicts, whatever the network and a change', () => {
    const moved = visit(2, { address: '192.0.2.77', components: { hardwareConcurrency: value(16) } });
    const decision = decide(moved, world({}, [claim('A')]), usual);
    expect(decision).toMatchObject({ match: 'A', confidence: 0.995, trusted: true });
    expect(decision.explanation).toMatchObject({ method: 'token', via: 'cookie' });
  });

  it('does not rely on one that comes with nothing to check it by', () => {
    const bare: Visit = { ...visit(2), features: { os: 'Windows', browser: 'Chrome' } };
    const decision = decide(bare, world({}, [claim('A')]), usual);
    expect(decision).toMatchObject({ match: 'A', confidence: 0.85, trusted: false });
    const strict = decide(bare, world({}, [claim('A')]), { model, threshold: linkThresholds.strict });
    expect(strict).toMatchObject({ match: null, explanation: { method: 'new' } });
  });

  it('lets a visitor who showed little at first show more', () => {
    const little: Claim = { ...claim('A'), features: { os: 'Windows' } };
    expect(decide(visit(2), world({}, [little]), usual)).toMatchObject({ confidence: 0.995, trusted: true });
  });

  it.each<[string, Changes, number]>([
    ['the system', { os: 'Linux' }, 1],
    ['the browser', { browser: 'Firefox' }, 1],
    [
      'three facts of the machine',
      {
        components: {
          hardwareConcurrency: value(2),
          deviceMemory: value(4),
          screenResolution: value([1280, 720] as [number, number]),
        },
      },
      3,
    ],
  ])('does not follow one that %s contradicts, nor its visitor by a key, and says so', (_, changes, facts) => {
    const decision = decide(visit(2, changes), world({ A: {} }, [claim('A')]), usual);
    expect(decision.match).toBeNull();
    expect(decision.tokenContradictions).toHaveLength(facts);
    expect(decision.explanation.reasons.some(({ weight }) => weight < 0)).toBe(true);
  });

  it('doubts one where much has changed at once: it is followed, and teaches nothing', () => {
    const changed = visit(2, {
      address: '192.0.2.99',
      components: {
        ...fonts(...'ABCDEFGH'.split('').map((name) => `Font ${name}`)),
        canvas: value({ winding: true, geometry: 'o', text: 'o' }),
        timezone: value('Asia/Tokyo'),
      },
    });
    const decision = decide(changed, world({ A: {} }, [claim('A')]), usual);
    expect(decision).toMatchObject({ match: 'A', confidence: 0.85, trusted: false });
  });

  it('doubts one that comes from elsewhere and hides what would tell, and does not follow it where that must be sure', () => {
    const absent = { absent: true as const, duration: 1 };
    const silent = {
      address: '192.0.2.99',
      components: {
        ...{ canvas: absent, audio: absent, fonts: absent, webGlBasics: absent },
        timezone: value('Asia/Tokyo'),
      },
    };
    const known = world({ A: {} }, [claim('A')]);
    expect(decide(visit(2, silent), known, usual)).toMatchObject({ match: 'A', confidence: 0.85, trusted: false });
    expect(decide(visit(2, silent), known, { model, threshold: linkThresholds.strict }).match).toBeNull();
  });

  it('follows the token of who always hides as much', () => {
    const absent = { absent: true as const, duration: 1 };
    const silent = { components: { canvas: absent, audio: absent, fonts: absent, webGlBasics: absent } };
    const decision = decide(visit(2, silent), world({ A: silent }, [claim('A', 'cookie', silent)]), usual);
    expect(decision).toMatchObject({ match: 'A', confidence: 0.995, trusted: true });
  });

  it('follows the token of a phone that asks for desktop pages, and learns nothing of it', () => {
    const arm = { components: { platform: value('Linux armv81') } };
    const phone = { ...arm, os: 'Android', browser: 'Chrome Mobile' };
    const asked = visit(2, { ...arm, os: 'Linux', browser: 'Chrome' });
    const decision = decide(asked, world({ A: phone }, [claim('A', 'cookie', phone)]), usual);
    expect(decision).toMatchObject({ match: 'A', confidence: 0.85, trusted: false, tokenContradictions: [] });
    const desktop = visit(2, { components: { platform: value('Linux x86_64') }, os: 'Linux', browser: 'Chrome' });
    expect(decide(desktop, world({ A: phone }, [claim('A', 'cookie', phone)]), usual).match).toBeNull();
  });

  it('goes on from a copied token to the next that is believable', () => {
    const copied = claim('A', 'cookie', { os: 'Linux' });
    const decision = decide(visit(2), world({}, [copied, claim('B', 'indexedDB')]), usual);
    expect(decision.match).toBe('B');
    expect(decision.tokenContradictions).not.toHaveLength(0);
  });

  it('compares as without where every token was copied', () => {
    const decision = decide(visit(2), world({ B: {} }, [claim('A', 'cookie', { os: 'Linux' })]), usual);
    expect(decision.match).toBe('B');
    expect(decision.tokenContradictions).not.toHaveLength(0);
  });
});
