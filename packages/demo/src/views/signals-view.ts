import type { Event, Evidence, SignalName, SignalState } from '@whorl/contract';
import { h, spoken } from '../dom.ts';
import { clip, counted, formatShare, formatValue, toWords } from '../format.ts';
import { groupSignals, isOfPhones, leadingEvidence, type NamedSignal } from '../group-signals.ts';
import { signalTexts } from '../signal-texts.ts';
import { evidenceTable } from './evidence-table.ts';
import { factList } from './fact-list.ts';
import { stateIcon, stateWords } from './state-icon.ts';

/** Characters of a row's hint. */
const HINT = 110;

const headings: { readonly [S in SignalState]: string } = {
  detected: 'Detected',
  clear: 'Clear',
  unknown: 'Unknown',
};

const empty: { readonly [S in SignalState]: string } = {
  detected: 'No signal fired.',
  clear: 'No signal was found clear.',
  unknown: 'Every signal had the evidence it needs.',
};

const meanings: { readonly [S in SignalState]: string } = {
  detected: 'The evidence was seen.',
  clear: 'The evidence was looked at, and speaks against it.',
  unknown: 'The evidence was not there to be judged: this is not the same as clear.',
};

/** A signal's data as terms and values, one level deep; what is nested further stays JSON. */
const dataFacts = (data: object): [string, string][] =>
  Object.entries(data).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (typeof value !== 'object' || value === null) return [[toWords(name), wordOf(value)]];
    return Object.entries(value).map(([inner, innerValue]) => [toWords(inner), wordOf(innerValue)]);
  });

const wordOf = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : formatValue(value));

/** A piece of evidence in one line; a value that only says that something is so, or nothing, adds no words. */
const inWords = ({ fact, value }: Evidence): string =>
  value === null || value === true ? fact : `${fact} · ${formatValue(value)}`;

/** What a row tells before it is opened: the bot's type, the strongest evidence, or for an unknown the reason. */
const hint = ({ name, signal }: NamedSignal): HTMLElement | null => {
  if (name === 'botd' && 'type' in signal.data) return h('span', { class: 'hint' }, String(signal.data.type));
  const leading = signal.state === 'clear' ? undefined : leadingEvidence(signal);
  return leading === undefined ? null : h('span', { class: 'hint echo' }, clip(inWords(leading), HINT));
};

const row = (named: NamedSignal, changed: boolean): HTMLElement => {
  const { name, signal } = named;
  const { title, question } = signalTexts[name];
  const facts = dataFacts(signal.data);
  return h(
    'details',
    {
      class: `signal ${signal.state}`,
      open: signal.state === 'detected',
      'data-key': `signal ${name}`,
      'data-changed': changed && signal.state === 'detected' ? 'yes' : undefined,
    },
    h(
      'summary',
      {},
      stateIcon(signal.state),
      h(
        'span',
        { class: 'signal-title' },
        title,
        spoken(`: ${stateWords[signal.state]}. `),
        changed && h('span', { class: 'chip changed' }, 'changed'),
        hint(named),
      ),
      signal.state !== 'unknown' && h('span', { class: 'sure' }, spoken('confidence '), formatShare(signal.confidence)),
    ),
    h(
      'div',
      { class: 'signal-body' },
      h('p', { class: 'quiet' }, question),
      facts.length > 0 && factList(facts),
      evidenceTable(signal.evidence, `Evidence for ${title}`),
    ),
  );
};

/** The products of phones as one fold: in a browser's event there is nothing to read in them. */
const phonesFold = (rows: readonly HTMLElement[]): HTMLElement =>
  h(
    'details',
    { class: 'signal clear phones', 'data-key': 'signals of phones' },
    h(
      'summary',
      {},
      stateIcon('clear'),
      h(
        'span',
        { class: 'signal-title' },
        `${counted(rows.length, 'signal')} of phone apps`,
        h('span', { class: 'hint' }, 'Clear, because a browser cannot have them.'),
      ),
    ),
    h('div', { class: 'signal-body signal-rows' }, ...rows),
  );

/** Every verdict, fired ones first with their evidence open. `changed` names those that a later reading altered. */
export const signalsView = ({ signals, sdk }: Event, changed: ReadonlySet<SignalName>): HTMLElement[] => {
  const groups = groupSignals(signals);
  const show = (named: NamedSignal): HTMLElement => row(named, changed.has(named.name));
  return (['detected', 'clear', 'unknown'] as const).map((state) => {
    const folded = sdk.platform === 'js' && state === 'clear' ? groups.clear.filter(isOfPhones) : [];
    const open = groups[state].filter((named) => !folded.includes(named));
    return h(
      'div',
      { class: `signal-group ${state}` },
      h(
        'h3',
        {},
        stateIcon(state),
        `${headings[state]} `,
        h('span', { class: 'tally' }, groups[state].length),
        h('span', { class: 'meaning' }, meanings[state]),
      ),
      groups[state].length === 0
        ? h('p', { class: 'quiet panel' }, empty[state])
        : h('div', { class: 'signal-rows' }, open.map(show), folded.length > 0 && phonesFold(folded.map(show))),
    );
  });
};
