import { describe, expect, it } from 'vitest';
import type { ListFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, homeNetwork, NOON } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);
const says = (listed: boolean) => ({ source: { name: 'list', builtAt: NOON }, listed });
const withLists = (lists: ListFacts) => ({ ...visit, network: { ...homeNetwork, lists } });

describeSignal('ipBlocklist', {
  fires: {
    'an attack source, spam unknown': withLists({ attackSource: says(true) }),
    'a spammer': withLists({ attackSource: says(false), emailSpam: says(true) }),
  },
  quiet: { 'an address on neither list': withLists({ attackSource: says(false), emailSpam: says(false) }) },
  lacks: {
    'no list': visit,
    'one list of two, and not on it': withLists({ attackSource: says(false) }),
  },
});

describe('judgeIpBlocklist', () => {
  it('says which list it was', () => {
    expect(judged('ipBlocklist', withLists({ attackSource: says(true) })).data).toEqual({
      attackSource: true,
      emailSpam: false,
    });
  });
});
