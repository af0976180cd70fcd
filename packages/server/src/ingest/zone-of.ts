import { sectionValue, type ZoneFacts } from '@whorl/engine';
import { zoneId } from '../keys/zone-id.ts';
import { zoneCell } from '../lookup/zone-cell.ts';
import type { Received } from './receive.ts';

/** The zone that an app's place lies in, named for its workspace; nothing where none can be told. */
export const zoneOf = (received: Pick<Received, 'components' | 'workspace'>, secret: Buffer): { zone?: ZoneFacts } => {
  const { latitude, longitude, accuracy } = sectionValue(received, 'location') ?? {};
  if (latitude === undefined || longitude === undefined || accuracy === undefined) return {};
  const found = zoneCell({ latitude, longitude, accuracy });
  if (found === undefined) return {};
  const { cell, radius, chance } = found;
  return { zone: { id: zoneId(secret, received.workspace.id, cell), radius, chance } };
};
