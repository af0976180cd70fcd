import type { Component, Components, Event, SignalName, SourceValue } from '@whorl/contract';
import { type Facts, noActivity } from './facts.ts';
import type { JudgeFailure } from './failed-signal.ts';
import { isPairEvidence } from './identity/strange-pairs.ts';
import { type JudgeOptions, judge } from './judge.ts';
import { isIdentityEvidence } from './network/identify-bot.ts';
import { signedFrom } from './network/unsigned-report.ts';
import { scoreSuspicion } from './score.ts';

/** Signals that late evidence of the page may change. The others rest on what was known when the event came. */
const REJUDGED = [
  'botd',
  'incognito',
  'developerTools',
  'tampering',
  'privacySettings',
  'virtualMachine',
] as const satisfies SignalName[];

type Probe = Component<SourceValue<'developerTools'>>;

const valueIn = (probe: Probe | undefined) => (probe !== undefined && 'value' in probe ? probe.value : undefined);

/** A probe that goes on must not lose what it saw before. */
const withEarlierHits = (before: Probe | undefined, after: Probe): Probe => {
  const [earlier, later] = [valueIn(before), valueIn(after)];
  if (earlier === undefined || later === undefined) return earlier === undefined ? after : (before ?? after);
  const stackTraceHits = Math.max(earlier.stackTraceHits, later.stackTraceHits);
  const ratios = [earlier.tableRatio, later.tableRatio].filter((ratio) => ratio !== undefined);
  const tableRatio = ratios.length === 0 ? {} : { tableRatio: Math.max(...ratios) };
  const gesture = earlier.gestureWithoutInput === true ? { gestureWithoutInput: true } : {};
  return { value: { ...later, stackTraceHits, ...tableRatio, ...gesture }, duration: after.duration };
};

/** Whose address it was and what it signed cannot be asked again, so what was found out then still holds. */
const botOf = ({ signals: { botd } }: Event): Pick<Facts, 'bot'> =>
  botd.data.info === undefined
    ? {}
    : { bot: { info: botd.data.info, evidence: botd.evidence.filter(isIdentityEvidence) } };

/** What was counted when the event came still holds: it is among the evidence. */
const strangePairsOf = ({ signals: { tampering } }: Event): Pick<Facts, 'strangePairs'> => ({
  strangePairs: tampering.evidence.filter(isPairEvidence),
});

const address = (event: Event) => event.signals.ipInfo.data;

/** An event that was judged again, the names of what changed, and what failed. */
export type Rejudgement = { event: Event; changed: SignalName[]; failures: JudgeFailure[] };

/**
 * Judges a recorded event again with components that came later. Where a judge fails, what it said before still holds:
 * nobody gets rid of a verdict by late evidence that cannot be judged. Pure; the event given is left alone.
 */
export const rejudge = (event: Event, added: Components, options: JudgeOptions = {}): Rejudgement => {
  const before = event.attributes as Components;
  const components: Components = { ...before, ...added };
  if (added.developerTools !== undefined) {
    components.developerTools = withEarlierHits(before.developerTools, added.developerTools);
  }
  const facts: Facts = {
    time: event.time,
    platform: event.sdk.platform,
    components,
    headers: event.headers,
    network: {
      address: event.ip,
      family: event.ip.includes(':') ? 6 : 4,
      isPublic: event.signals.ipInfo.state === 'detected',
      ipInfo: address(event),
      sources: [],
      countryOffsets: null,
    },
    browser: event.browser,
    replay: { outcome: 'ok', nonceAge: null },
    // No signal of REJUDGED looks at the counters.
    activity: noActivity,
    population: { dailyEventsP99: null },
    tokenContradictions: event.identity.tokenContradictions,
    ...strangePairsOf(event),
    ...botOf(event),
    ...signedFrom(event.signals.tampering.evidence),
    ...(event.tls === undefined ? {} : { tls: event.tls }),
  };
  const judged = judge(facts, options);
  const anew = REJUDGED.filter((name) => judged.signals[name].failed !== true);
  const signals = { ...event.signals, ...Object.fromEntries(anew.map((name) => [name, judged.signals[name]])) };
  const changed = REJUDGED.filter((name) => signals[name].state !== event.signals[name].state);
  return {
    event: { ...event, attributes: components, signals, suspectScore: scoreSuspicion(signals, options.weights) },
    changed: [...changed],
    // The others were judged from a part of their facts, and are thrown away.
    failures: judged.failures.filter(
      ({ what }) => REJUDGED.some((name) => name === what) || what.startsWith('detector'),
    ),
  };
};
