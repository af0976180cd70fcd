import type { Identity, IdentityExplanation } from '@whorl/contract';
import { type Child, h } from '../dom.ts';
import { isUntrusted, marginText, searchOf, surerBy, verdictOf } from '../explain-identity.ts';
import { formatPercent } from '../format.ts';
import { keyText } from '../key-texts.ts';
import { isWeighed, ownReasons } from '../weigh-reasons.ts';
import { evidenceTable } from './evidence-table.ts';

const titled = (title: string, ...inside: Child[]): Child => [h('h4', {}, title), inside];

const bullets = (texts: readonly Child[]): HTMLElement =>
  h(
    'ul',
    { class: 'bullets' },
    texts.map((text) => h('li', {}, text)),
  );

const keysOf = ({ explanation: { method, via, foundBy } }: Identity): string[] => {
  if (method === 'token') return [];
  return foundBy ?? (via === undefined ? [] : [via]);
};

const others = ({ explanation: { runnersUp = [] } }: Identity): Child =>
  runnersUp.length > 0 &&
  titled(
    'Compared and not taken',
    h(
      'ol',
      { class: 'plain' },
      runnersUp.map(({ visitorId, score }) => h('li', {}, h('code', {}, visitorId), ` ${formatPercent(score)}`)),
    ),
  );

/**
 * Whether the reasons are to be read as they were written: bits have a panel of their own, and where nobody was compared
 * there is no more to tell than the sentence does.
 */
const hasWords = (explanation: IdentityExplanation): boolean =>
  !isWeighed(explanation) && (explanation.method !== 'new' || explanation.candidates > 0);

const UNTRUSTED =
  'Less than 90% sure: this visit changed nothing in what is known of the visitor, and was given no token.';

/** The decision and how it came about: by what, against whom, and what would make it surer. */
export const recognitionView = (identity: Identity): HTMLElement => {
  const { explanation } = identity;
  const [keys, surer, margin] = [keysOf(identity), surerBy(identity), marginText(identity)];
  return h(
    'div',
    { class: 'panel recognition' },
    h('h3', {}, 'How this visitor was recognised'),
    h('p', { class: 'verdict' }, verdictOf(identity)),
    h('p', {}, searchOf(identity), margin !== undefined && ` ${margin}`),
    hasWords(explanation) && evidenceTable(ownReasons(identity), 'What agreed, differed or was missing'),
    isUntrusted(identity) && h('p', { class: 'quiet' }, UNTRUSTED),
    keys.length > 0 &&
      titled(
        explanation.method === 'new' ? 'What led to the nearest visitor' : 'What led to it',
        bullets(keys.map(keyText)),
      ),
    others(identity),
    identity.tokenContradictions.length > 0 &&
      titled(
        'A token that was not followed',
        h('p', {}, 'It contradicts what the browser shows, so it was copied from another one.'),
        evidenceTable(identity.tokenContradictions, 'What contradicts the token'),
      ),
    surer.length > 0 && titled('What would make it surer', bullets(surer)),
  );
};
