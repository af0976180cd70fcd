import type { Ruleset } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { OTHER_WORKSPACE, WORKSPACE } from '../sample-event.ts';
import { sampleWorkspace } from '../sample-tenancy.ts';
import type { Opened } from '../store-suite.ts';

const ruleset: Ruleset = {
  id: 'AAAAAAAAAAAAAAA1',
  workspaceId: WORKSPACE,
  name: 'Pokladna „U Víru“ 🌀',
  rules: [
    {
      id: 'one',
      name: 'bots',
      enabled: true,
      when: {
        any: [{ field: 'bot', operator: 'equals', value: 'bad' }, { all: [{ field: 'vpn', operator: 'exists' }] }],
      },
      action: { type: 'block', statusCode: 451, headers: [{ name: 'x', value: 'y' }], body: 'a\0b' },
    },
  ],
  otherwise: { type: 'allow' },
  createdAt: 2,
  updatedAt: 3,
};

export const describeRulesets = (opened: Opened): void => {
  describe('rulesets', () => {
    beforeEach(async () => {
      await opened().store.createWorkspace(sampleWorkspace());
      await opened().store.createWorkspace(sampleWorkspace({ id: OTHER_WORKSPACE }));
    });

    it('are no more than are allowed in a workspace, however many come at once; replacing one is no more', async () => {
      const { store, reopen } = opened();
      const elsewhere = await reopen();
      await store.putRuleset({ ...ruleset, workspaceId: OTHER_WORKSPACE });
      const made = Array.from({ length: 9 }, (_, at) => ({ ...ruleset, id: String(at).padStart(16, '0') }));
      const put = (one: Ruleset, at: number) => (at % 2 === 0 ? store : elsewhere).putRuleset(one, 4);
      const outcomes = await Promise.all(made.map(put));
      expect(outcomes.filter((stored) => stored)).toHaveLength(4);
      const [kept] = await store.rulesets(WORKSPACE);
      expect(await store.rulesets(WORKSPACE)).toHaveLength(4);
      expect(await store.putRuleset({ ...ruleset, id: kept?.id ?? '', name: 'new' }, 4)).toBe(true);
      expect(await store.ruleset(WORKSPACE, kept?.id ?? '')).toMatchObject({ name: 'new' });
      expect(await store.putRuleset(ruleset, 4)).toBe(false);
    });

    it('are kept as they are, oldest first, in their own workspace', async () => {
      const { store, reopen } = opened();
      const older = { ...ruleset, id: 'AAAAAAAAAAAAAAA2', createdAt: 1 };
      await store.putRuleset(ruleset);
      await store.putRuleset(older);
      const elsewhere = await reopen();
      expect(await elsewhere.rulesets(WORKSPACE)).toEqual([older, ruleset]);
      expect(await elsewhere.ruleset(WORKSPACE, ruleset.id)).toEqual(ruleset);
      expect(await store.rulesets(OTHER_WORKSPACE)).toEqual([]);
      expect(await store.ruleset(OTHER_WORKSPACE, ruleset.id)).toBeUndefined();
      expect(await store.ruleset(WORKSPACE, '')).toBeUndefined();
    });

    it('are replaced whole', async () => {
      const { store } = opened();
      await store.putRuleset(ruleset);
      const changed: Ruleset = { ...ruleset, name: 'new', rules: [], otherwise: { type: 'block' }, updatedAt: 9 };
      await store.putRuleset(changed);
      expect(await store.rulesets(WORKSPACE)).toEqual([changed]);
    });

    it('are deleted once, and by their own workspace', async () => {
      const { store } = opened();
      await store.putRuleset(ruleset);
      expect(await store.deleteRuleset(OTHER_WORKSPACE, ruleset.id)).toBe(false);
      expect(await store.deleteRuleset(WORKSPACE, ruleset.id)).toBe(true);
      expect(await store.deleteRuleset(WORKSPACE, ruleset.id)).toBe(false);
      expect(await store.rulesets(WORKSPACE)).toEqual([]);
    });
  });
};
