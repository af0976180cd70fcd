import type { Event, Identity } from '@whorl/contract';
import { h } from '../dom.ts';
import { counted, formatShare, formatValue } from '../format.ts';
import { evidenceTable } from './evidence-table.ts';
import { factList } from './fact-list.ts';
import { moment } from './moment.ts';

const places: { readonly [place: string]: string } = {
  httpCookie: 'the server’s own cookie',
  cookie: 'the cookie',
  localStorage: 'localStorage',
  indexedDB: 'IndexedDB',
};

/** How the visitor was found, in one sentence. */
export const explainIdentity = ({ explanation: { method, via, candidates } }: Identity): string => {
  if (method === 'token') {
    const place = via === undefined ? 'the browser' : (places[via] ?? via);
    return `Found by the signed token in ${place}, which was then checked against what the browser shows.`;
  }
  const compared = `${counted(candidates, 'known visitor')} ${candidates === 1 ? 'was' : 'were'} compared`;
  if (method === 'key') {
    return `Found without a token, by the key “${via ?? 'unnamed'}” over the browser’s stable attributes; ${compared}.`;
  }
  return candidates === 0
    ? 'Nobody known here has such a browser, so this is a new visitor.'
    : `${compared}, and none was taken, so this is a new visitor.`;
};

/** The identity decision with its reasons. `now` is unix milliseconds. */
export const identityView = (event: Event, now: number): HTMLElement => {
  const { identity, browser } = event;
  const { explanation, firstSeen, lastSeen } = identity;
  const runnersUp = explanation.runnersUp ?? [];
  return h(
    'div',
    { class: 'columns' },
    h(
      'div',
      { class: 'panel' },
      h('h3', {}, 'Why this id'),
      h('p', {}, explainIdentity(identity)),
      evidenceTable(explanation.reasons, 'What agreed, differed or was missing'),
      runnersUp.length > 0 && h('h4', {}, 'Compared and not taken'),
      runnersUp.length > 0 &&
        h(
          'ol',
          { class: 'plain' },
          runnersUp.map(({ visitorId, score }) => h('li', {}, h('code', {}, visitorId), ` ${formatShare(score)}`)),
        ),
    ),
    h(
      'div',
      { class: 'panel' },
      h('h3', {}, 'Visitor and browser'),
      factList([
        ['First seen in this workspace', moment(firstSeen.workspace, now)],
        ['First seen on this server', moment(firstSeen.server, now)],
        ['Visit before this', lastSeen === null ? 'none' : moment(lastSeen.workspace, now)],
        ['Browser', `${browser.browserName} ${browser.browserFullVersion}`.trim()],
        ['System', `${browser.os} ${browser.osVersion}`.trim()],
        ['Device', browser.device],
        ['Page', event.url],
        ['Tag', h('code', {}, formatValue(event.tag))],
        ['Linked id', event.linkedId],
        ['Agent', `${event.sdk.platform} ${event.sdk.version}`],
      ]),
    ),
  );
};
