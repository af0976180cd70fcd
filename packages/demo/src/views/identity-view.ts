import type { Event } from '@whorl/contract';
import { h } from '../dom.ts';
import { formatValue } from '../format.ts';
import { factList } from './fact-list.ts';
import { moment } from './moment.ts';
import { reasonsView } from './reasons-view.ts';
import { recognitionView } from './recognition-view.ts';

/** The identity decision with its reasons. `now` is unix milliseconds. */
export const identityView = (event: Event, now: number): HTMLElement => {
  const { identity, browser } = event;
  const { firstSeen, lastSeen } = identity;
  const reasons = reasonsView(identity);
  return h(
    'div',
    { class: reasons === null ? 'columns' : 'weighed-identity' },
    recognitionView(identity),
    reasons,
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
