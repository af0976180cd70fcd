import type { ActivityFacts, ActivityWindow } from '@whorl/engine';
import type { ActivityRequest } from '../store.ts';
import { ENVIRONMENT, NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from './sample-event.ts';

export const SPANS: ActivityWindow = { minutes5: 300_000, hour: 3_600_000, day: 86_400_000 };

/** A visit, but for what a test says. */
export const visit = (traits: Partial<ActivityRequest> = {}): ActivityRequest => ({
  workspaceId: WORKSPACE,
  scope: traits.workspaceId ?? WORKSPACE,
  visitorId: 'visitorAAAAAAAAAAAA1',
  ip: '203.0.113.7',
  linkedId: 'customer',
  country: 'CZ',
  time: NOON,
  ...traits,
});

export const asRecord = ({ linkedId, country, scope, ...traits }: ActivityRequest) =>
  sampleRecord(
    {
      ...traits,
      environmentId: scope === traits.workspaceId ? ENVIRONMENT : scope,
      ...(linkedId === null ? {} : { linkedId }),
    },
    { country, scope },
  );

/** The definition, counted one by one: what every store must agree with. */
export const expected = (visit: ActivityRequest, others: readonly ActivityRequest[]): ActivityFacts => {
  const all = [...others, visit].filter(({ workspaceId }) => workspaceId === visit.workspaceId);
  const windows = (count: (inside: ActivityRequest[]) => number): ActivityWindow => {
    const inside = (span: number) => all.filter(({ time }) => time <= visit.time && time >= visit.time - span);
    return { minutes5: count(inside(SPANS.minutes5)), hour: count(inside(SPANS.hour)), day: count(inside(SPANS.day)) };
  };
  type Field = 'visitorId' | 'ip' | 'linkedId' | 'country';
  // A visitor is of one scope; what is shared by visitors is counted within each.
  const shares = (other: ActivityRequest, of: Field) =>
    other[of] === visit[of] && (of === 'visitorId' || other.scope === visit.scope);
  const events = (of: Field) => windows((inside) => inside.filter((other) => shares(other, of)).length);
  const distinct = (value: Field, of: Field) =>
    windows((inside) => {
      const values = inside.filter((other) => shares(other, of)).map((other) => other[value]);
      return new Set(values.filter((known) => known !== null)).size;
    });
  return {
    visitorEvents: events('visitorId'),
    visitorIps: distinct('ip', 'visitorId'),
    visitorLinkedIds: visit.linkedId === null ? null : distinct('linkedId', 'visitorId'),
    visitorCountries: visit.country === null ? null : distinct('country', 'visitorId'),
    ipEvents: events('ip'),
    linkedIdIps: visit.linkedId === null ? null : distinct('ip', 'linkedId'),
    linkedIdVisitors: visit.linkedId === null ? null : distinct('visitorId', 'linkedId'),
  };
};

/** Repeatable chance: a linear congruential generator with the constants of Numerical Recipes. */
const dice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

/** An environment is of one workspace. Half of the visits count with theirs. */
const SCOPES = {
  [WORKSPACE]: [WORKSPACE, WORKSPACE, ENVIRONMENT, 'ae_00000000000000b2'],
  [OTHER_WORKSPACE]: [OTHER_WORKSPACE, OTHER_WORKSPACE, 'ae_00000000000000c3', 'ae_00000000000000d4'],
};

/**
 * Visits of a few visitors and addresses, many of them a window's length apart to the millisecond, over several days, and
 * each recorded up to almost a day after later ones. In both workspaces there are environments that count by themselves.
 */
export const randomVisits = (seed: number, count: number, visitors = 3): ActivityRequest[] => {
  const roll = dice(seed);
  return Array.from({ length: count }, (_, at) => {
    const time =
      Math.floor((at * 16) / count) * (SPANS.day / 4) + roll(3) * SPANS.minutes5 + roll(17) * SPANS.hour + roll(3) - 1;
    const workspaceId = roll(6) === 0 ? OTHER_WORKSPACE : WORKSPACE;
    const scope = SCOPES[workspaceId][roll(4)] ?? workspaceId;
    const own = scope === workspaceId ? '' : scope.slice(-2);
    return visit({
      workspaceId,
      scope,
      visitorId: `visitor${own}${String(roll(visitors)).padStart(13 - own.length, 'A')}`,
      ip: ['203.0.113.7', '203.0.113.8', '2001:db8::7'][roll(3)] ?? '',
      linkedId: [null, 'customer', 'visitorAAAAAAAAAAAA1', 'žák', 'žák\0', '\ud800', '\ud801'][roll(7)] ?? null,
      country: [null, 'CZ', 'SK'][roll(3)] ?? null,
      time: NOON + time,
    });
  });
};
