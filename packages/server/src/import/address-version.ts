import { isIP } from 'node:net';

/** The version of an address, 4 or 6; 0 where a text is none. A zone (`fe80::1%eth0`) means something on one machine only. */
export const addressVersion = (text: string): number => (text.includes('%') ? 0 : isIP(text));
