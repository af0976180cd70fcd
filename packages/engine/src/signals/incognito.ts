import type { Evidence } from '@whorl/contract';
import { evidence, share } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { type ClaimedClient, claimedClient } from '../network/claimed-client.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/**
 * Bytes of storage that Chromium reports off the record for each database that is open, whatever was written; on disk it
 * reports what really grew. A page may have databases of its own open beside the probe's. Measured in Chromium 156, which
 * is where the rule begins to hold.
 */
const OFF_THE_RECORD = { usage: 73_728, databases: 8, since: 156 };

const isOffTheRecord = (usage: number): boolean =>
  usage > 0 && usage % OFF_THE_RECORD.usage === 0 && usage / OFF_THE_RECORD.usage <= OFF_THE_RECORD.databases;

/** Firefox throws for the private file system in private windows only, unless the visitor blocks storage altogether. */
const firefoxVote = (facts: Facts, claim: ClaimedClient): Evidence[] => {
  const directory = sourceValue(facts, 'storageFacts')?.directory;
  if (claim.engine !== 'gecko' || sourceValue(facts, 'cookiesEnabled') === false) return [];
  if (directory === 'SecurityError') {
    return [evidence('private file system is refused (Firefox)', directory, 0.8, 'page')];
  }
  return directory === 'ok' ? [evidence('private file system opens (Firefox)', directory, -0.8, 'page')] : [];
};

/**
 * The library goes by time: a disk as quick as memory makes it take a profile for a private window, and a busy machine a
 * private window for a profile. The storage's use tells them apart.
 */
const chromiumVote = (facts: Facts, claim: ClaimedClient): Evidence[] => {
  const opened = sourceValue(facts, 'incognito')?.usageOpened;
  if (claim.engine !== 'blink' || (claim.major ?? 0) < OFF_THE_RECORD.since || !opened) return [];
  return isOffTheRecord(opened)
    ? [evidence('storage’s use is that of a private window (Chromium)', opened, 0.75, 'page')]
    : [evidence('storage’s use grows as on a disk (Chromium)', opened, -0.8, 'page')];
};

/** Private windows of WebKit keep databases in memory, where no file fits. Measured in WebKitGTK 2.50; Safari was not tried. */
const webkitVote = (facts: Facts, claim: ClaimedClient): Evidence[] => {
  const stores = sourceValue(facts, 'incognito')?.storesBlobs;
  if (claim.engine !== 'webkit' || stores === undefined) return [];
  return [evidence('database takes a file (WebKit)', stores, stores ? -0.3 : 0.8, 'page')];
};

/**
 * The library's verdict. For WebKit it asks the private file system; where that is missing, as without HTTPS, it says
 * `false` without having looked.
 */
const libraryVote = (facts: Facts, claim: ClaimedClient): Evidence[] => {
  const isPrivate = sourceValue(facts, 'incognito')?.isPrivate;
  if (isPrivate === undefined) return [];
  const blind = claim.engine === 'webkit' && sourceValue(facts, 'storageFacts')?.directory === 'missing';
  const weight = isPrivate ? 0.9 : blind ? -0.3 : -0.9;
  return [evidence('detectIncognito says private', isPrivate, weight, 'page')];
};

const votes = (facts: Facts): Evidence[] => {
  const claim = claimedClient(sourceValue(facts, 'userAgent') ?? facts.headers['user-agent'] ?? '');
  return [
    ...libraryVote(facts, claim),
    ...chromiumVote(facts, claim),
    ...firefoxVote(facts, claim),
    ...webkitVote(facts, claim),
  ];
};

/** Votes closer to a draw than this decide nothing. */
const DRAW = 0.2;
/** Probes share blind spots, so even agreeing votes are never surer than this. */
const SUREST = 0.98;

/**
 * Whether the window is private. A vote: the library's verdict, Firefox's private file system, whether a database of
 * WebKit takes files, and how Chromium counts the storage's use, which can support a verdict or stop one but never makes one. Unknown when nothing voted or the
 * votes cancel out.
 */
export const judgeIncognito: SignalJudge<'incognito'> = (facts) => {
  const found = votes(facts);
  if (found.length === 0) {
    return unknown({}, [evidence('no probe of the window’s storage ran', null, 0, 'page')]);
  }
  const sum = found.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum) < DRAW) return unknown({}, found);
  const confidence = share(Math.min(SUREST, Math.abs(sum)));
  return sum > 0 ? detected({}, confidence, found) : clear({}, confidence, found);
};
