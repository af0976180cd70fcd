import type { BrowserDetails, Components, Sdk } from '@whorl/contract';
import { sectionValue } from '../facts.ts';
import { readBrowser } from './user-agent.ts';

const systems = { android: 'Android', ios: 'iOS' } as const;

/**
 * Names the browser and its system, or an app's system and device: an app's requests carry the user agent of the
 * library that sends them, so what its client says goes first. Never throws; what is not known is an empty string, an
 * unknown device is `Other`.
 */
export const readClient = (
  platform: Sdk['platform'],
  components: Components,
  userAgentHeader: string,
): BrowserDetails => {
  const read = readBrowser(components, userAgentHeader);
  if (platform === 'js') return read;
  const build = sectionValue({ components }, 'device');
  const os = systems[platform];
  return {
    ...read,
    os,
    osVersion: build?.osVersion ?? (read.os === os ? read.osVersion : ''),
    device: build?.model || (read.os === os ? read.device : 'Other'),
  };
};
