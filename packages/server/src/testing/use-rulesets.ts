import type { Ruleset, RulesetDraft } from '@whorl/contract';
import { afterEach, expect } from 'vitest';
import { useTestServer } from './use-test-server.ts';

/** A ruleset with a rule of each kind of action. */
export const rulesetDraft: RulesetDraft = {
  name: 'Checkout',
  rules: [
    {
      id: 'incognito',
      name: 'Private windows',
      when: { all: [{ field: 'incognito', operator: 'equals', value: true }] },
      action: { type: 'block', statusCode: 403, headers: [{ name: 'Content-Type', value: 'text/plain' }], body: 'no' },
    },
    {
      name: 'Carts without a coupon',
      when: {
        all: [
          { field: 'tags.cart', operator: 'at_least', value: 100 },
          { none: [{ field: 'tags.coupon', operator: 'exists' }] },
        ],
      },
      action: { type: 'allow', requestHeaderModifications: { set: [{ name: 'X-Check', value: 'yes' }] } },
    },
  ],
};

/** A server without rulesets, and the part of its management API that is about them. */
export const useRulesets = () => {
  const { server, ...rest } = useTestServer();

  afterEach(async () => {
    const { store, first } = server();
    for (const { id } of await store.rulesets(first.workspace.id)) await store.deleteRuleset(first.workspace.id, id);
    await store.changeWorkspace(first.workspace.id, () => ({ disabledFeatures: [] }));
  });

  /** A request for `/rulesets` and what comes after; a text is sent as it is. */
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path = '', body?: object | string) =>
    server().app.inject({
      method,
      url: `/admin/v1/workspaces/${server().first.workspace.id}/rulesets${path}`,
      headers: {
        authorization: `Bearer ${server().managementKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  const create = async (draft: RulesetDraft = rulesetDraft): Promise<Ruleset> => {
    const answer = await ask('POST', '', draft);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json();
  };

  return { server, ask, create, ...rest };
};
