/** Systems that a TCP handshake can tell apart: Android and ChromeOS are Linux in it, iOS and macOS alike. */
export type TcpSystem = 'Windows' | 'Apple' | 'Linux';

const systems = [
  ['Windows', /\bwin(?:dows|32|64|nt)?\b/i],
  ['Apple', /\b(?:mac ?os|os ?x|darwin|ios|iphone|ipad|apple|macintosh)\b/i],
  ['Linux', /\b(?:linux|android|chrome ?os|chromium ?os)\b/i],
] as const satisfies (readonly [TcpSystem, RegExp])[];

/** Longest text that is read, characters. */
const LONGEST = 128;

/**
 * The system that an edge's words on a connection's TCP handshake name, in the form of p0f (`Linux 3.11 and newer`,
 * `Windows NT kernel`, `Mac OS X`) or as a plain name. Undefined where they name none of the three, or more than one.
 */
export const readTcpSystem = (text: string): TcpSystem | undefined => {
  // Cisco's routers run another IOS.
  if (text.length > LONGEST || /cisco/i.test(text)) return undefined;
  const named = systems.filter(([, pattern]) => pattern.test(text)).map(([system]) => system);
  return named.length === 1 ? named[0] : undefined;
};
