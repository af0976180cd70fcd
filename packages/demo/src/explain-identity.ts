import type { Evidence, Identity } from '@whorl/contract';
import { factTitle } from './fact-texts.ts';
import { counted, formatPercent, formatTimes, listed, TELLING_BITS } from './format.ts';

const places: { readonly [place: string]: string } = {
  httpCookie: 'the server’s own cookie',
  cookie: 'the cookie',
  localStorage: 'localStorage',
  indexedDB: 'IndexedDB',
};

/** The place of a token in words. */
export const placeText = (place: string | undefined): string =>
  place === undefined ? 'the browser' : (places[place] ?? place);

/** The decision in one sentence. */
export const verdictOf = ({ found, confidence, explanation: { method } }: Identity): string => {
  const sure = `${formatPercent(confidence)} sure`;
  if (method === 'imported') return `Decided by the service that this event was imported from, ${sure}.`;
  if (method === 'token' && found) return `Recognised by its token, ${sure}.`;
  if (method === 'key') return `Recognised without a token, ${sure}.`;
  return method === 'token' ? `Taken for a new visitor in spite of its token, ${sure}.` : `A new visitor, ${sure}.`;
};

/** Below this confidence, 0..1, a link teaches the server nothing and earns no token. */
const TRUSTED = 0.9;

/** Whether the visitor was recognised, but not so surely that anything follows from it. */
export const isUntrusted = ({ found, confidence, explanation: { method } }: Identity): boolean =>
  found && method !== 'imported' && confidence < TRUSTED;

/** How the visitor was looked for, and what that led to. */
export const searchOf = ({ explanation }: Identity): string => {
  const { method, via, candidates, reasons } = explanation;
  if (method === 'imported') return 'How it was recognised there is not part of an export.';
  if (method === 'token') {
    return `Found by the signed token in ${placeText(via)}, which was then checked against what the browser shows.`;
  }
  const compared = `${counted(candidates, 'known visitor')} ${candidates === 1 ? 'was' : 'were'} compared`;
  if (method === 'key') return `Found by what the browser shows; ${compared}.`;
  if (candidates > 0) return `${compared}, and none was taken.`;
  return isTooLittle(reasons)
    ? 'Too little was shown to compare it with anybody.'
    : 'Nobody known here has enough in common with it to be compared.';
};

/** Where too little was collected, the engine says so of the page itself; whatever was looked up, it says of the store. */
const isTooLittle = (reasons: readonly Evidence[]): boolean => reasons.some(({ from }) => from === 'page');

/** How far the next answer lies behind; undefined where nothing was weighed. */
export const marginText = ({ explanation }: Identity): string | undefined => {
  const { method, margin, runnersUp = [] } = explanation;
  if (margin === undefined) return undefined;
  if (method === 'new') {
    if (margin < TELLING_BITS) {
      return 'The nearest visitor known is at least as likely, but not as surely as this workspace wants a link to be.';
    }
    return `Of the visitors known, the nearest is ${formatTimes(margin)} less likely.`;
  }
  const next = runnersUp.length === 0 ? 'a new visitor' : 'a new visitor or the best of those below';
  return margin < TELLING_BITS
    ? `The next answer, ${next}, is about as likely.`
    : `The next answer, ${next}, is ${formatTimes(margin)} less likely.`;
};

const ELSEWHERE: readonly string[] = ['address', 'network'];

/** Titles that a sentence names. */
const MOST_NAMED = 4;

const titlesOf = (reasons: readonly Evidence[]): string =>
  listed(reasons.slice(0, MOST_NAMED).map(({ fact }) => factTitle(fact).toLowerCase()));

/** What would make it surer whose a new visitor's next visit is; empty for one that was recognised. */
export const surerBy = ({ found, explanation: { method, reasons } }: Identity): string[] => {
  if (found || method !== 'new') return [];
  const changed = reasons.filter(({ value }) => value === 'moved');
  const [elsewhere, others] = [
    changed.filter(({ fact }) => ELSEWHERE.includes(fact)),
    changed.filter(({ fact }) => !ELSEWHERE.includes(fact)),
  ];
  const hidden = reasons.filter(({ value }) => value === 'hidden');
  return [
    'The token that this visit was given, if the browser keeps it: the next visit is recognised by it.',
    isTooLittle(reasons) && 'More to compare: time for the page to collect it, and a browser that does not refuse it.',
    elsewhere.length > 0 && 'A visit from an address or network where the visitor has been before.',
    others.length > 0 && `The same as before in what changed: ${titlesOf(others)}.`,
    hidden.length > 0 && `What was not shown: ${titlesOf(hidden)}.`,
  ].filter((text) => text !== false);
};
