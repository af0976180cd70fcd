import { randomBytes } from 'node:crypto';
import type { Workspace } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useManagement } from '../testing/use-management.ts';

const { server, makeWorkspace, visit } = useManagement();

/** A workspace with two environments, and visits of one browser to each. */
const makeSite = async (name: string, identity: Workspace['identity']) => {
  const { id, environmentId, make } = await makeWorkspace(name, { identity });
  const staging = {
    id: `ae_${name.padEnd(16, '0')}`,
    workspaceId: id,
    name: 'staging',
    allowedOrigins: [],
    sealingKey: null,
    createdAt: 0,
  };
  await server().store.createEnvironment(staging);
  const keys = { production: await make('public', environmentId), staging: await make('public', staging.id) };
  const see = (where: keyof typeof keys, tokens?: { localStorage: string }) =>
    visit({ key: keys[where], change: tokens === undefined ? {} : { tokens } });
  const change = (wanted: Workspace['identity']) => server().store.changeWorkspace(id, () => ({ identity: wanted }));
  const seal = (sealingKey: string | null) =>
    server().store.changeEnvironment(id, environmentId, () => ({ sealingKey }));
  const disable = (disabledFeatures: Workspace['disabledFeatures']) =>
    server().store.changeWorkspace(id, () => ({ disabledFeatures }));
  /** The visitor of a sealed answer, as only the store knows it. */
  const visitorOf = async ({ requestId }: { requestId: string }) =>
    (await server().store.event({ workspaceId: id }, requestId))?.identity.visitorId;
  return { see, change, seal, disable, visitorOf };
};

describe('one browser in two environments', () => {
  it('is one visitor where identities are shared', async () => {
    const { see } = await makeSite('shared', 'shared');
    const { visitorId } = await see('production');
    expect(await see('staging')).toMatchObject({ visitorId, visitorFound: true });
    expect(await see('production')).toMatchObject({ visitorId, visitorFound: true });
  });

  it('is a visitor of its own in each, and the same again, where identities are separate', async () => {
    const { see } = await makeSite('separate', 'separate');
    const production = await see('production');
    const staging = await see('staging');
    expect(staging.visitorFound).toBe(false);
    expect(staging.visitorId).not.toBe(production.visitorId);
    expect(await see('production')).toMatchObject({ visitorId: production.visitorId, visitorFound: true });
    expect(await see('staging')).toMatchObject({ visitorId: staging.visitorId, visitorFound: true });
  });

  it('is not followed by a token of the other environment where identities are separate', async () => {
    const { see } = await makeSite('tokens', 'separate');
    const production = await see('production');
    const staging = await see('staging', { localStorage: production.token ?? '' });
    expect(staging).toMatchObject({ visitorFound: false });
    expect(staging.visitorId).not.toBe(production.visitorId);
    expect(await see('staging', { localStorage: staging.token ?? '' })).toMatchObject({ visitorId: staging.visitorId });
  });

  it('is not told by an open environment who it is in a sealed one, neither for its token nor for its looks', async () => {
    const { see, seal, visitorOf } = await makeSite('sealed', 'shared');
    await seal(randomBytes(32).toString('base64'));
    const production = await see('production');
    expect(production).not.toHaveProperty('visitorId');
    const hidden = await visitorOf(production);
    for (const tokens of [undefined, { localStorage: production.token ?? '' }]) {
      const staging = await see('staging', tokens);
      expect(staging.visitorId).toMatch(/^[A-Za-z0-9]{20}$/);
      expect(staging.visitorId).not.toBe(hidden);
    }
    expect(await visitorOf(await see('production'))).toBe(hidden);
  });

  it('keeps its id where an environment becomes sealed, and is shared again once nothing is sealed', async () => {
    const { see, seal, disable, visitorOf } = await makeSite('resealed', 'shared');
    const { visitorId } = await see('production');
    await seal(randomBytes(32).toString('base64'));
    expect(await visitorOf(await see('production'))).toBe(visitorId);
    expect((await see('staging')).visitorId).not.toBe(visitorId);
    await disable(['sealedResults']);
    expect((await see('staging')).visitorId).toBe(visitorId);
    await disable([]);
    await seal(null);
    expect(await see('staging')).toMatchObject({ visitorId, visitorFound: true });
  });

  it('becomes new when identities are separated, and is who it was once they are shared again', async () => {
    const { see, change } = await makeSite('switched', 'shared');
    const before = await see('production');
    await change('separate');
    expect((await see('production')).visitorId).not.toBe(before.visitorId);
    await change('shared');
    expect(await see('production')).toMatchObject({ visitorId: before.visitorId, visitorFound: true });
  });
});
