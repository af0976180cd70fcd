import type { Event, Workspace } from '@whorl/contract';
import { hashText, type Relation, relate } from '@whorl/engine';
import type { Store } from '../storage/store.ts';
import { deviceKeyOf } from './device-key.ts';
import { identityScopeAmong } from './identity-scope.ts';

/**
 * At most so many visitors are looked at, those seen last. More than a visit is compared with: this is asked for seldom,
 * and a crowd behind one address must not push a device out that can be told from all of them.
 */
const MOST_NEIGHBOURS = 256;

/**
 * The visitors that are other browsers of a visitor's device, likeliest first; none where too little is known of it. They
 * are looked for among the visitors of the same device key, in the scope that the visitor was recognised in.
 *
 * @param latest the visitor's latest event
 * @param since unix milliseconds: visitors last seen before are left out
 */
export const findRelatives = async (
  store: Store,
  workspace: Workspace,
  latest: Event,
  since: number,
): Promise<Relation[]> => {
  const { visitorId } = latest.identity;
  const visitor = await store.visitor(workspace.id, visitorId);
  const environments = await store.environments(workspace.id);
  const own = environments.find(({ id }) => id === latest.environmentId);
  if (visitor === undefined || own === undefined) return [];
  const key = deviceKeyOf(hashText(identityScopeAmong(workspace, own, environments)), visitor.features);
  if (key === null) return [];
  const neighbours = await store.visitorsOfDevice(workspace.id, key, MOST_NEIGHBOURS);
  return relate(
    visitor,
    neighbours.filter(({ lastSeen }) => lastSeen.workspace >= since),
  );
};
