import type { Event } from '@whorl/contract';
import { copyButton } from '../copy-button.ts';
import { h, s, spoken, withShare } from '../dom.ts';
import { formatShare } from '../format.ts';
import { groupSignals } from '../group-signals.ts';
import { whorlArcs } from '../whorl-arcs.ts';
import { moment } from './moment.ts';
import { scale } from './scale.ts';
import { stateIcon, stateWords } from './state-icon.ts';

const whorl = (visitorId: string): HTMLElement =>
  h(
    'figure',
    { class: 'whorl' },
    s(
      'svg',
      { viewBox: '0 0 100 100', 'aria-hidden': 'true' },
      whorlArcs(visitorId).map(({ path, ring }) => s('path', { d: path, class: ring > 0.5 ? 'outer' : 'inner' })),
    ),
    h('figcaption', {}, 'Drawn from the id: the same id draws the same whorl.'),
  );

const visitorBlock = (event: Event, now: number): HTMLElement => {
  const { visitorId, found, firstSeen, lastSeen } = event.identity;
  return h(
    'div',
    { class: 'visitor' },
    h(
      'p',
      { class: 'label' },
      'Visitor id ',
      h('span', { class: found ? 'chip known' : 'chip new' }, found ? 'Seen before' : 'New here'),
      copyButton('visitor id', () => visitorId),
    ),
    h('p', { class: 'visitor-id' }, h('code', { id: 'visitor-id' }, visitorId)),
    h(
      'dl',
      { class: 'facts across' },
      h('div', {}, h('dt', {}, 'First seen'), h('dd', {}, moment(firstSeen.workspace, now))),
      h(
        'div',
        {},
        h('dt', {}, 'Visit before this'),
        h('dd', {}, lastSeen === null ? 'none' : moment(lastSeen.workspace, now)),
      ),
      h(
        'div',
        {},
        h('dt', {}, 'Request id'),
        h(
          'dd',
          { class: 'with-copy' },
          h('code', { id: 'request-id' }, event.id),
          copyButton('request id', () => event.id),
        ),
      ),
    ),
  );
};

const readout = (label: string, href: string, ...inside: Parameters<typeof h>[2][]): HTMLElement =>
  h('a', { class: 'readout', href, 'data-key': href }, h('span', { class: 'label' }, label), ...inside);

const scoreBar = (event: Event): HTMLElement => {
  const parts = event.suspectScore.evidence.filter(({ weight }) => weight > 0);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const bar = h('span', { class: 'parts', 'aria-hidden': 'true' });
  bar.append(...parts.map(({ weight }) => withShare(h('i'), weight / total)));
  return bar;
};

/** The head of the page: who this is, and three readouts that lead to what they rest on. `now` is unix milliseconds. */
export const summaryView = (event: Event, now: number): HTMLElement => {
  const groups = groupSignals(event.signals);
  const states = (['detected', 'clear', 'unknown'] as const).map((state) =>
    h(
      'span',
      { class: groups[state].length === 0 ? 'count none' : 'count' },
      stateIcon(state),
      h('b', {}, groups[state].length),
      ` ${stateWords[state]}`,
    ),
  );
  return h(
    'div',
    { class: 'summary' },
    visitorBlock(event, now),
    whorl(event.identity.visitorId),
    h(
      'div',
      { class: 'readouts' },
      readout(
        'Confidence',
        '#identity',
        h('span', { class: 'figure' }, formatShare(event.identity.confidence), spoken(' of 1')),
        scale(event.identity.confidence),
      ),
      readout(
        'Suspect score',
        '#score',
        h('span', { class: 'figure' }, event.suspectScore.data.result),
        scoreBar(event),
      ),
      readout('Signals', '#signals', h('span', { class: 'counts' }, states)),
    ),
  );
};
