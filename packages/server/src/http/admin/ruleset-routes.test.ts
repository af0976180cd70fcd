import { RULE_ID_PATTERN } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { rulesetDraft as draft, useRulesets } from '../../testing/use-rulesets.ts';

const { server, ask, create } = useRulesets();

describe('rulesets', () => {
  it('are created with ids, enabled, and allowing what no rule matches', async () => {
    const ruleset = await create();
    expect(ruleset.rules[1]?.id).toMatch(new RegExp(RULE_ID_PATTERN));
    expect(ruleset).toMatchObject({
      id: expect.stringMatching(/^[a-zA-Z0-9]{16}$/),
      workspaceId: server().first.workspace.id,
      name: 'Checkout',
      rules: [
        { ...draft.rules[0], enabled: true },
        { ...draft.rules[1], enabled: true },
      ],
      otherwise: { type: 'allow' },
    });
  });

  it('are listed oldest first, page by page, and got one by one', async () => {
    const first = await create();
    const second = await create({ ...draft, name: 'Login' });
    const page = (await ask('GET', '?limit=1')).json();
    expect(page).toEqual({ items: [first], next: expect.any(String) });
    expect((await ask('GET', `?limit=1&after=${page.next}`)).json()).toEqual({ items: [second], next: null });
    expect((await ask('GET', `/${second.id}`)).json()).toEqual(second);
  });

  it('are replaced as a whole, keeping their id and time of creation', async () => {
    const { id, createdAt } = await create();
    const answer = await ask('PUT', `/${id}`, { name: 'Empty', rules: [], otherwise: { type: 'block' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id, createdAt, name: 'Empty', rules: [], otherwise: { type: 'block' } });
    expect((await ask('GET', `/${id}`)).json()).toEqual(answer.json());
  });

  it('are deleted once', async () => {
    const { id } = await create();
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(204);
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(404);
  });

  it.each(['GET', 'PUT', 'DELETE'] as const)('that are not there are not found: %s', async (method) => {
    for (const id of ['aaaaaaaaaaaaaaaa', 'x', '%00', `${'a'.repeat(300)}`]) {
      const answer = await ask(method, `/${id}`, method === 'PUT' ? draft : undefined);
      expect(answer.statusCode, id).toBe(404);
      expect(answer.json().error.code, id).toBe('RulesetNotFound');
    }
  });

  it('are refused where the workspace has rules switched off', async () => {
    const { store, first } = server();
    await store.changeWorkspace(first.workspace.id, () => ({ disabledFeatures: ['rules'] }));
    for (const answer of [
      await ask('GET'),
      await ask('POST', '', draft),
      await ask('POST', '/dry-run', { ruleset: draft }),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error.code).toBe('FeatureNotEnabled');
    }
  });

  it('are a hundred at most, however many are created at once', async () => {
    const { store, first } = server();
    const ruleset = await create();
    for (let at = 0; at < 96; at += 1) {
      await store.putRuleset({ ...ruleset, id: `a${at}`.padEnd(16, 'x'), workspaceId: first.workspace.id });
    }
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask('POST', '', draft)));
    const refused = answers.filter(({ statusCode }) => statusCode !== 201);
    expect(refused).toHaveLength(6);
    for (const answer of refused) expect(answer.json().error.code).toBe('TooManyRulesets');
    expect(await store.rulesets(first.workspace.id)).toHaveLength(100);
  });
});
