import type { Event, Workspace } from '@whorl/contract';
import { sealResult } from '../keys/sealed-result.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';

/**
 * An event sealed for the site's own server: what `GET /events/{request_id}` (v3) or `GET /v4/events/{event_id}` (v4)
 * answers of it at this moment. Late evidence is not in it.
 */
export const sealEvent = (event: Event, api: 'v3' | 'v4', { disabledFeatures }: Workspace, key: string): string => {
  const options = { hidden: new Set(disabledFeatures) };
  const view = api === 'v3' ? v3EventView(event, options) : v4EventView(event, options);
  return sealResult(key, JSON.stringify(view));
};
