/** Why the page could not show an event: what failed, in the server's or agent's own words, and what to do about it. */
export type Failure = { title: string; code: string; message: string; remedy: string };

/** What the page was doing when it failed. */
export type Stage = 'page' | 'agent' | 'visit' | 'event';

const titles: { readonly [S in Stage]: string } = {
  page: 'This page is not set up',
  agent: 'The agent did not load',
  visit: 'The visit was not recorded',
  event: 'The event could not be read',
};

const keyRemedy =
  'The public key in this page is unknown or was revoked. Make a key with the whorl command on the server, restart it, and reload this page.';
const originRemedy =
  'The key’s environment lists the origins it accepts, and this page’s is not among them. Add it, or open the page from one that is.';
const regionRemedy =
  'The workspace belongs to another region than this server. Set WHORL_REGION to its region, or give the workspace this one with the whorl command.';
const activeRemedy = 'The workspace is switched off. Switch it on: npm run whorl -- workspace change --active on.';
const networkRemedy =
  'See that the server is running (/readyz answers 200), and that no content blocker or proxy holds the request back.';
const busyRemedy = 'The server limits how often one address may ask. Wait a minute, then try again.';
const versionRemedy =
  'The agent and the server are of different builds. Rebuild, restart, and reload without the cache.';

/** By the code of the server's answer, or by the message of the agent's error. */
const remedies: { readonly [codeOrMessage: string]: string } = {
  NoPublicKey: 'The server writes its public key into this page. Open the page from the server, not from a file.',
  NoProof: versionRemedy,
  PublicKeyRequired: keyRemedy,
  PublicKeyNotFound: keyRemedy,
  'API key required': keyRemedy,
  'API key not found': keyRemedy,
  OriginNotAllowed: originRemedy,
  'Not available for this origin': originRemedy,
  WrongRegion: regionRemedy,
  'Wrong region': regionRemedy,
  WorkspaceNotActive: activeRemedy,
  'Subscription not active': activeRemedy,
  TooManyRequests: busyRemedy,
  'Too many requests, rate limit exceeded': busyRemedy,
  UnsupportedVersion: versionRemedy,
  'Unsupported version': versionRemedy,
  'Response cannot be parsed': versionRemedy,
  NetworkError: networkRemedy,
  'Network connection error': networkRemedy,
  'Network request aborted': networkRemedy,
  'Client timeout': networkRemedy,
  'Blocked by CSP': 'A Content-Security-Policy added on the way, by a proxy or an extension, forbids the request.',
  ResultsSealed:
    'The visit was recorded. Its result went out sealed: read it on your server with the sealing key, or look the event up with a secret key. To see it here, run “whorl environment unseal” and visit again.',
  RequestNotFound: 'The server knows no such event, or the proof for reading it has run out. Visit again.',
};

const stageRemedies: { readonly [S in Stage]: string } = {
  page: 'Reload the page.',
  agent:
    'A content blocker may have held the script back, or the server was started without its browser files: npm run build makes them.',
  visit: 'Try again. If it fails again, the server’s log names the cause.',
  event: 'Try again. If it fails again, the server’s log names the cause.',
};

/** A failure at `stage` with the code and message that the agent or the server gave. */
export const failureOf = (stage: Stage, code: string, message: string): Failure => ({
  title: titles[stage],
  code,
  message,
  remedy: remedies[code] ?? remedies[message] ?? stageRemedies[stage],
});

/** Tells a failure from what a step gives when it goes well. */
export const isFailure = (outcome: object): outcome is Failure => 'remedy' in outcome;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Reads a refusal `{error: {code, message}}`. Whatever else a proxy in between may have answered is told by its status.
 */
export const failureOfAnswer = (stage: Stage, status: number, body: unknown): Failure => {
  const error = isRecord(body) ? body.error : undefined;
  if (isRecord(error) && typeof error.code === 'string' && typeof error.message === 'string') {
    return failureOf(stage, error.code, error.message);
  }
  return failureOf(stage, `HTTP ${status}`, 'The answer is not one of this server’s.');
};

/** A failure from what was thrown: the agent's errors tell their kind by the message, some by a code beside it. */
export const failureOfThrown = (stage: Stage, thrown: unknown): Failure => {
  if (!(thrown instanceof Error)) return failureOf(stage, 'Error', String(thrown));
  const given = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
  return failureOf(stage, given === 'Error' ? thrown.message : given, thrown.message);
};
