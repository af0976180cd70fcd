import type { Event, Linking, OpenAnswer } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { readIdentityModel } from '../identity-model.ts';
import { machineSources } from '../testing/chromium-sources.ts';
import { useTestServer } from '../testing/use-test-server.ts';

/** A model by which every link to somebody known is right in so many of a hundred cases. */
const sure = async (chance: number) => {
  const model = await readIdentityModel();
  const curve = [{ from: Number.NEGATIVE_INFINITY, chance }];
  const links = Object.fromEntries(Object.keys(model.curves.links).map((group) => [group, curve]));
  return { ...model, curves: { ...model.curves, links } };
};

const at = (ip: string, change: Parameters<typeof machineSources>[1] = {}) => ({
  ip,
  change: { sources: machineSources('anybody', change) },
});

describe.each([0.6, 0.85, 0.92, 0.97])('a link that is right with a chance of %d', (chance) => {
  const { server, visit } = useTestServer({ model: sure(chance) });
  const identityOf = async ({ requestId }: OpenAnswer) =>
    ((await server().store.event({ workspaceId: server().first.workspace.id }, requestId)) as Event).identity;

  it.each<[Linking, number]>([
    ['low-risk', 0.5],
    ['default', 0.8],
    ['strict', 0.95],
  ])('is made, teaches and earns a token as far as that goes, at %s', async (linking, threshold) => {
    const { store, first } = server();
    await store.changeWorkspace(first.workspace.id, () => ({ linking }));
    const ip = `198.51.100.${Math.round(threshold * 100)}`;
    const known = await visit(at(ip));
    const row = async () => store.visitor(first.workspace.id, known.visitorId);
    const before = await row();
    const again = await visit(at(ip, { screenResolution: [800, 600] }));
    const identity = await identityOf(again);
    const links = chance >= threshold;
    expect(identity.found).toBe(links);
    if (links) expect(identity).toMatchObject({ confidence: chance, explanation: { method: 'key' } });
    const trusted = !links || chance >= 0.9;
    expect(again.token !== undefined).toBe(trusted);
    const overwritten = JSON.stringify((await row())?.features) !== JSON.stringify(before?.features);
    expect(overwritten).toBe(links && trusted && identity.visitorId === known.visitorId);
  });
});
