import { createHash } from 'node:crypto';
import {
  type Components,
  type Environment,
  type Json,
  type JsonObject,
  OBSERVATION_LIMITS,
  OBSERVATION_VERSION,
  type Sdk,
  WireObservation,
  type Workspace,
} from '@whorl/contract';
import type { HeaderFacts, ReplayFacts, TokenPlace } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { checkNonce } from '../keys/nonce.ts';
import { checkComponents } from './check-components.ts';
import { type Outcome, refuse } from './ingest-error.ts';

/** What arrived over HTTP, before anything is believed. */
export type Delivery = {
  workspace: Workspace;
  environment: Environment;
  publicKey: string;
  /** The raw body. */
  body: Buffer;
  headers: HeaderFacts;
  /** The client's address by the configured proxies. */
  address: string;
  /** The token in our own HTTP cookie. */
  cookieToken: string | undefined;
  /** Unix milliseconds of receipt. */
  time: number;
};

/** An observation that has the right form. */
export type Received = {
  workspace: Workspace;
  environment: Environment;
  time: number;
  address: string;
  headers: HeaderFacts;
  url: string;
  linkedId: string | null;
  tag: JsonObject;
  sdk: Sdk;
  components: Components;
  /** Tokens as they came, most trusted place first. */
  tokens: { place: TokenPlace; token: string }[];
  replay: ReplayFacts;
  nonceHash: string;
  bodyHash: string;
  extended: boolean;
};

const wire = Compile(WireObservation);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Where a body departs from the schema, as one sentence for whoever wrote the client. */
export const firstFault = (faults: readonly { instancePath: string; message: string }[]): string => {
  const fault = faults[0];
  if (fault === undefined) return 'the body does not have the expected form';
  return `${fault.instancePath === '' ? 'the body' : fault.instancePath} ${fault.message}`;
};

/** Parses JSON text of an untrusted body; the failure is a refusal that names the reason. */
export const parseBody = (body: Buffer): Outcome<Record<string, unknown>> => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return refuse('RequestCannotBeParsed', 'the body is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return refuse('RequestCannotBeParsed', 'the body is not a JSON object');
  }
  if ('version' in parsed && parsed.version !== OBSERVATION_VERSION) {
    return refuse(
      'UnsupportedVersion',
      `this server reads observations of version ${OBSERVATION_VERSION}; reload the agent's script`,
    );
  }
  return { ok: true, value: parsed as Record<string, unknown> };
};

/** Levels of a tag. JSON text deeper than the stack can be read but not written again. */
const DEEPEST_TAG = 64;

/** Whether a value nests deeper than {@link DEEPEST_TAG}, found without recursion. */
const nestsTooDeep = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_TAG) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
};

/** A scalar or an array is wrapped, never lost; nothing is an empty object. */
const asTag = (tag: Json | undefined): JsonObject => {
  if (tag === undefined || tag === null) return {};
  return typeof tag === 'object' && !Array.isArray(tag) ? tag : { tag };
};

/**
 * First stage: from bytes to an observation of the right form, or a refusal that says what is wrong. Nothing is looked
 * up and nothing is kept. A source whose value has the wrong form becomes an error of that source alone.
 */
export const receive = (delivery: Delivery, nonceSecret: Buffer): Outcome<Received> => {
  const parsed = parseBody(delivery.body);
  if (!parsed.ok) return parsed;
  const envelope = parsed.value;
  if (!wire.Check(envelope)) return refuse('RequestCannotBeParsed', firstFault(wire.Errors(envelope)));

  if (nestsTooDeep(envelope.tag)) {
    return refuse('RequestCannotBeParsed', `/tag nests deeper than ${DEEPEST_TAG} levels`);
  }
  const tag = asTag(envelope.tag as Json | undefined);
  if (Buffer.byteLength(JSON.stringify(tag)) > OBSERVATION_LIMITS.tagBytes) {
    return refuse('TagTooLarge', `the tag has more than ${OBSERVATION_LIMITS.tagBytes} bytes as JSON`);
  }

  const tokens: Received['tokens'] = [];
  const keep = (place: TokenPlace, token: string | undefined) => {
    if (token !== undefined && token !== '') tokens.push({ place, token });
  };
  keep('httpCookie', delivery.cookieToken);
  keep('cookie', envelope.tokens?.cookie);
  keep('localStorage', envelope.tokens?.localStorage);
  keep('indexedDB', envelope.tokens?.indexedDB);

  const { workspace, environment, time, address, headers } = delivery;
  const components = checkComponents(envelope.sources);
  return {
    ok: true,
    value: {
      workspace,
      environment,
      time,
      address,
      headers,
      url: envelope.url,
      linkedId: envelope.linkedId === undefined || envelope.linkedId === '' ? null : envelope.linkedId,
      tag,
      sdk: envelope.sdk,
      components,
      tokens,
      replay: checkNonce(nonceSecret, environment.id, envelope.nonce, time),
      nonceHash: digest(envelope.nonce),
      // What was observed and when, however it was written down: a copy under a fresh nonce is still a copy.
      bodyHash: digest(JSON.stringify([environment.id, envelope.url, envelope.timing, components])),
      extended: envelope.extended === true,
    },
  };
};
