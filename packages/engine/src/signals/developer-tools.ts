import type { SourceValue } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, sectionValue, sourceValue } from '../facts.ts';
import { claimedClient } from '../network/claimed-client.ts';
import { clearShare, foundShare, reported, sectionMissing, standing } from './mobile-signal.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/**
 * Milliseconds of probing after which silence counts. Measured in Chromium 156: with developer tools open at page load
 * the first hit comes 1,150 to 1,320 ms after the script starts.
 */
const SETTLED = 1_500;

/**
 * Probes after which silence counts; a page of its own has 10 by {@link SETTLED}. On a machine so busy that five took 3.6
 * seconds, tools that were open had not looked yet.
 */
const ENOUGH_PROBES = 8;

/**
 * `console.table` of the probe's size takes this many times as long as `console.log` only when a console is there to
 * draw it. Measured in Firefox ESR 153: 8 with developer tools open, 0 without.
 */
const TABLE_RATIO = 4;

/** V8 alone calls the hook, so elsewhere only a table that was drawn at once means anything. */
const silenceCounts = (facts: Facts, { probes, elapsed, tableRatio }: SourceValue<'developerTools'>): boolean => {
  if (elapsed < SETTLED) return false;
  if (tableRatio !== undefined) return true;
  const userAgent = sourceValue(facts, 'userAgent') ?? facts.headers['user-agent'] ?? '';
  return probes >= ENOUGH_PROBES && claimedClient(userAgent).engine === 'blink';
};

/** Of an app: whether its device is set up for development. */
const judgeDevice = (facts: Facts): ReturnType<SignalJudge<'developerTools'>> => {
  const enabled = sectionValue(facts, 'devMode')?.enabled;
  if (enabled === undefined) return unknown({}, [sectionMissing(facts, 'devMode')]);
  const found = [reported('device is set up for development', enabled, enabled ? 0.85 : -0.3), ...standing(facts)];
  return enabled ? detected({}, foundShare(0.85), found) : clear({}, clearShare(1), found);
};

/**
 * Whether developer tools are open, or an app's device is set up for development. Of a page: a console that formats
 * errors runs `Error.prepareStackTrace`, and Firefox's takes its time over tables. WebKit answers to neither. A driver that
 * listens through the DevTools protocol does the same, so the evidence counts only when nothing else speaks of automation.
 * Silence counts once the probes have run long enough.
 */
export const judgeDeveloperTools: SignalJudge<'developerTools'> = (facts) => {
  if (facts.platform !== 'js') return judgeDevice(facts);
  const probe = sourceValue(facts, 'developerTools');
  if (probe === undefined) return unknown({}, [evidence('console was not probed', null, 0, 'page')]);
  const hits = evidence(
    'console formatted errors',
    probe.stackTraceHits,
    probe.stackTraceHits > 0 ? 0.9 : -0.6,
    'page',
  );
  const found = [hits, evidence('probed for (ms)', probe.elapsed, 0, 'page')];
  const slowTable = (probe.tableRatio ?? 0) >= TABLE_RATIO;
  if (probe.tableRatio !== undefined) {
    found.push(evidence('console.table against console.log', probe.tableRatio, slowTable ? 0.7 : -0.3, 'page'));
  }
  if (sourceValue(facts, 'automation')?.consoleHooked === true) {
    found.push(evidence('console was listened to from the start', true, 0.3, 'page'));
  }
  if (probe.stackTraceHits > 0 || slowTable) {
    const drivers = facts.automation.filter(({ outcome }) => outcome === 'automation').map(({ detector }) => detector);
    if (drivers.length === 0) return detected({}, probe.stackTraceHits > 0 ? 0.9 : 0.7, found);
    return unknown({}, [...found, evidence('a driver would look the same', drivers, 0, 'page')]);
  }
  return silenceCounts(facts, probe) ? clear({}, 0.8, found) : unknown({}, found);
};
