import type { SourceValue } from '@whorl/contract';
import { wideNavigator } from '../browser-types.ts';
import type { Source } from './source.ts';

/** How many microphones, speakers and cameras there are. Asks no permission: names and ids stay hidden, and unread. */
export const mediaDevices: Source<SourceValue<'mediaDevices'>> = {
  once: true,
  collect: async () => {
    const list = await wideNavigator().mediaDevices?.enumerateDevices?.();
    if (list === undefined) return undefined;
    const count = (kind: MediaDeviceKind) => list.filter((device) => device.kind === kind).length;
    return { audioinput: count('audioinput'), audiooutput: count('audiooutput'), videoinput: count('videoinput') };
  },
};
