import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, OTHER_WORKSPACE, WORKSPACE } from '../sample-event.ts';
import { sampleEnvironment, sampleWorkspace } from '../sample-tenancy.ts';
import type { Opened } from '../store-suite.ts';

const workspace = sampleWorkspace();
const other = sampleWorkspace({ id: OTHER_WORKSPACE, name: 'other', createdAt: 1_600_000_000_000 });
const environment = sampleEnvironment();

export const describeTenancy = (opened: Opened): void => {
  describe('workspaces and environments', () => {
    it('are stored with their first environment, or not at all', async () => {
      const { store } = opened();
      const first = { ...environment, workspaceId: workspace.id };
      expect(await store.createWorkspace(workspace, first)).toBe(true);
      expect(await store.environments(workspace.id)).toEqual([first]);
      expect(
        await store.createWorkspace({ ...other, name: workspace.name }, { ...first, id: 'ae_00000000000000f9' }),
      ).toBe(false);
      expect(await store.environments(other.id)).toEqual([]);
    });

    it('have no more environments than they may, however many are asked for at once', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      const ids = Array.from({ length: 8 }, (_, at) => `ae_00000000000000f${at}`);
      const outcomes = await Promise.all(
        ids.map((id) => store.createEnvironment({ ...environment, workspaceId: workspace.id, id, name: id }, 3)),
      );
      expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(3);
      expect(outcomes.filter((outcome) => outcome === 'too-many')).toHaveLength(5);
      expect(await store.environments(workspace.id)).toHaveLength(3);
    });

    it('are none at first, and then come oldest first', async () => {
      const { store } = opened();
      expect(await store.workspaces()).toEqual([]);
      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      expect(await store.workspaces()).toEqual([other, workspace]);
      const staging = { ...environment, id: 'ae_00000000000000c3', name: 'staging', allowedOrigins: [], createdAt: 5 };
      await store.createEnvironment(environment);
      await store.createEnvironment(staging);
      expect(await store.environments(WORKSPACE)).toEqual([staging, environment]);
      expect(await store.environments(OTHER_WORKSPACE)).toEqual([]);
    });

    it('have each id once, and no environment has no workspace', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      expect(await store.createWorkspace({ ...workspace, name: 'again' })).toBe(false);
      await expect(store.createEnvironment({ ...environment, workspaceId: OTHER_WORKSPACE })).rejects.toThrow();
      await store.createEnvironment(environment);
      expect(await store.createEnvironment({ ...environment, name: 'again' })).toBe(false);
      expect(await store.environments(WORKSPACE)).toEqual([environment]);
      expect(await store.workspaces()).toEqual([workspace]);
    });

    it('have each name once: whoever asks second is told', async () => {
      const { store } = opened();
      expect(await store.createWorkspace(workspace)).toBe(true);
      expect(await store.createWorkspace({ ...other, name: workspace.name })).toBe(false);
      expect(await store.createWorkspace(other)).toBe(true);
      const takeName = (name: string) => store.changeWorkspace(OTHER_WORKSPACE, () => ({ name, active: false }));
      expect(await takeName(workspace.name)).toBe('name-taken');
      expect(await store.workspaces()).toEqual([other, workspace]);
      expect(await takeName(other.name)).toEqual({ ...other, active: false });

      const staging = sampleEnvironment({ id: 'ae_00000000000000c3', name: 'staging', createdAt: 5 });
      const theirs = sampleEnvironment({ id: 'ae_00000000000000d4', workspaceId: OTHER_WORKSPACE, name: 'staging' });
      expect(await store.createEnvironment(environment)).toBe(true);
      expect(await store.createEnvironment({ ...staging, name: environment.name })).toBe(false);
      expect(await store.createEnvironment(staging)).toBe(true);
      expect(await store.createEnvironment(theirs)).toBe(true);
      const { name } = environment;
      expect(await store.changeEnvironment(WORKSPACE, staging.id, () => ({ name }))).toBe('name-taken');
      expect(await store.changeEnvironment(OTHER_WORKSPACE, theirs.id, () => ({ name }))).toEqual({ ...theirs, name });
      expect(await store.environments(WORKSPACE)).toEqual([staging, environment]);
    });

    it('give a name to one of many who ask for it at once', async () => {
      const { store, reopen } = opened();
      const elsewhere = await reopen();
      const both = (at: number) => (at % 2 === 0 ? store : elsewhere);
      const ids = Array.from({ length: 10 }, (_, at) => `00000000000000${at + 10}`);
      const made = await Promise.all(
        ids.map((id, at) => both(at).createWorkspace(sampleWorkspace({ id: `ws_${id}`, name: 'shop' }))),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.workspaces()).toHaveLength(1);

      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      const renamed = await Promise.all(
        [WORKSPACE, OTHER_WORKSPACE].map((id, at) => both(at).changeWorkspace(id, () => ({ name: 'market' }))),
      );
      expect(renamed.filter((each) => each === 'name-taken')).toHaveLength(1);

      const placed = await Promise.all(
        ids.map((id, at) => both(at).createEnvironment(sampleEnvironment({ id: `ae_${id}`, name: 'staging' }))),
      );
      expect(placed.filter(Boolean)).toHaveLength(1);
      expect(await store.environments(WORKSPACE)).toHaveLength(1);
    });

    it('are found by their ids', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      expect(await store.workspace(WORKSPACE)).toEqual(workspace);
      expect(await store.workspace(OTHER_WORKSPACE)).toEqual(other);
      expect(await store.workspace(workspace.name)).toBeUndefined();
      expect(await store.workspace('')).toBeUndefined();
    });

    it('keeps all that a workspace can be told', async () => {
      const { store, reopen } = opened();
      const told = sampleWorkspace({
        region: 'eu',
        active: false,
        disabledFeatures: ['vpn', 'deleteVisitors'],
        rateLimits: { perKey: { requests: 10, seconds: 1 }, perAddress: { requests: 1_000, seconds: 60 } },
        identity: 'separate',
        linking: 'strict',
        suspectWeights: { bot: 0, rareDevice: 1_000 },
        highActivityFloor: 1_000_000_000,
      });
      await store.createWorkspace(told);
      expect(await (await reopen()).workspaces()).toEqual([told]);
    });

    it.each([
      { name: 'renamed' },
      { region: 'ap' as const },
      { active: false },
      { disabledFeatures: ['botd' as const] },
      { rateLimits: { perKey: { requests: 5, seconds: 1 }, perAddress: null } },
      { identity: 'separate' as const },
      { linking: 'low-risk' as const },
      { suspectWeights: { tor: 20 } },
      { highActivityFloor: 5 },
      {},
    ])('changes %j of one workspace, and nothing else', async (change) => {
      const { store, reopen } = opened();
      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      expect(await store.changeWorkspace(WORKSPACE, () => change)).toEqual({ ...workspace, ...change });
      expect(await (await reopen()).workspaces()).toEqual([other, { ...workspace, ...change }]);
      expect(await store.changeWorkspace('ws_ffffffffffffffff', () => change)).toBeUndefined();
    });

    it.each([
      { name: 'renamed' },
      { allowedOrigins: ['https://new.example'] },
      { allowedOrigins: [] },
      { sealingKey: Buffer.alloc(32, 7).toString('base64') },
      {},
    ])('changes %j of one environment, and nothing else', async (change) => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      const staging = sampleEnvironment({ id: 'ae_00000000000000c3', createdAt: 5, sealingKey: 'c2VhbA==' });
      await store.createEnvironment(environment);
      await store.createEnvironment(staging);
      expect(await store.changeEnvironment(WORKSPACE, ENVIRONMENT, () => change)).toEqual({
        ...environment,
        ...change,
      });
      expect(await store.environments(WORKSPACE)).toEqual([staging, { ...environment, ...change }]);
      expect(await store.changeEnvironment(OTHER_WORKSPACE, ENVIRONMENT, () => change)).toBeUndefined();
      expect(await store.changeEnvironment(WORKSPACE, 'ae_ffffffffffffffff', () => change)).toBeUndefined();
      expect(await store.environments(WORKSPACE)).toEqual([staging, { ...environment, ...change }]);
    });

    it('takes a sealing key away again', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createEnvironment({ ...environment, sealingKey: 'c2VhbA==' });
      expect(await store.changeEnvironment(WORKSPACE, ENVIRONMENT, () => ({ sealingKey: null }))).toMatchObject({
        sealingKey: null,
      });
      expect(await store.environments(WORKSPACE)).toEqual([environment]);
    });

    it('loses none of two changes at once', async () => {
      const { store, reopen } = opened();
      const elsewhere = await reopen();
      await store.createWorkspace(workspace);
      await Promise.all([
        store.changeWorkspace(WORKSPACE, () => ({ name: 'renamed' })),
        elsewhere.changeWorkspace(WORKSPACE, () => ({ active: false })),
        store.changeWorkspace(WORKSPACE, () => ({ identity: 'separate' })),
      ]);
      expect(await store.workspaces()).toEqual([
        { ...workspace, name: 'renamed', active: false, identity: 'separate' },
      ]);
    });

    it('tells each change what those before it have stored, and leaves all as it is when one throws', async () => {
      const { store, reopen } = opened();
      const elsewhere = await reopen();
      await store.createWorkspace(workspace);
      await store.createEnvironment({ ...environment, allowedOrigins: [] });
      const count = Array.from({ length: 10 }, (_, at) => at);
      await Promise.all(
        count.map((at) =>
          (at % 2 === 0 ? store : elsewhere).changeWorkspace(WORKSPACE, ({ rateLimits: { perKey, perAddress } }) => ({
            rateLimits: { perKey: { requests: (perKey?.requests ?? 0) + 1, seconds: 1 }, perAddress },
          })),
        ),
      );
      expect((await store.workspace(WORKSPACE))?.rateLimits.perKey?.requests).toBe(10);
      await Promise.all(
        count.map((at) =>
          (at % 2 === 0 ? store : elsewhere).changeEnvironment(WORKSPACE, ENVIRONMENT, ({ allowedOrigins }) => ({
            allowedOrigins: [...allowedOrigins, `https://${at}.example`],
          })),
        ),
      );
      const [{ allowedOrigins } = environment] = await store.environments(WORKSPACE);
      expect([...allowedOrigins].sort()).toEqual(count.map((at) => `https://${at}.example`));

      const before = await store.workspaces();
      const refuse = (): never => {
        throw new RangeError('not so');
      };
      await expect(store.changeWorkspace(WORKSPACE, refuse)).rejects.toThrow(RangeError);
      await expect(store.changeEnvironment(WORKSPACE, ENVIRONMENT, refuse)).rejects.toThrow(RangeError);
      expect(await store.workspaces()).toEqual(before);
      expect(await store.changeWorkspace(WORKSPACE, () => ({ active: false }))).toMatchObject({ active: false });
    });
  });
};
