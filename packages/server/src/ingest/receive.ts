import { createHash } from 'node:crypto';
import {
  type Components,
  type Environment,
  type JsonObject,
  OBSERVATION_LIMITS,
  OBSERVATION_VERSION,
  type Sdk,
  WireObservation,
  type Workspace,
} from '@whorl/contract';
import type { Facts, HeaderFacts, ReplayFacts, SignatureFinding, TokenPlace } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { checkNonce } from '../keys/nonce.ts';
import { checkComponents } from './check-components.ts';
import { identityScope } from './identity-scope.ts';
import { ignoredIn } from './ignored-evidence.ts';
import { type Outcome, refuse } from './ingest-error.ts';
import { isWellFormed } from './is-well-formed.ts';
import { readJson } from './read-json.ts';
import { DEEPEST_TAG, readTag } from './read-tag.ts';

/** What the connection tells of the client; see `Facts`. */
export type Connection = Pick<Facts, 'tls' | 'tcpSystem'>;

/** What became of the signature of an app; see `Facts`. */
export type ReportSigned = Pick<Facts, 'reportSignature' | 'signatureRequired'>;

/** What arrived over HTTP, before anything is believed. */
export type Delivery = Connection &
  ReportSigned & {
    workspace: Workspace;
    environment: Environment;
    /** Whether another environment of the workspace has a sealing key. */
    sealedBeside: boolean;
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
    /** What became of the signature of an agent; missing where there is none that counts. */
    signature?: SignatureFinding;
  };

/** An observation that has the right form. */
export type Received = Connection &
  ReportSigned & {
    workspace: Workspace;
    environment: Environment;
    /** Within what this browser is recognised. */
    scope: string;
    time: number;
    address: string;
    headers: HeaderFacts;
    signature?: SignatureFinding;
    url: string;
    /** Where the visitor came from; null when the client did not say. */
    referrer: string | null;
    linkedId: string | null;
    tag: JsonObject;
    sdk: Sdk;
    components: Components;
    /** Sources that were sent and left out. See `ignoredIn`. */
    ignored: string[];
    /** Tokens as they came, most trusted place first. */
    tokens: { place: TokenPlace; token: string }[];
    replay: ReplayFacts;
    nonceHash: string;
    bodyHash: string;
    extended: boolean;
    /** The form of the event in a sealed result. */
    api: 'v3' | 'v4';
  };

/** What the connection tells, without what is missing. */
export const connectionOf = ({
  tls,
  tcpSystem,
}: { [K in keyof Connection]: Connection[K] | undefined }): Connection => ({
  ...(tls === undefined ? {} : { tls }),
  ...(tcpSystem === undefined ? {} : { tcpSystem }),
});

/** What is known of an app's signature, without what is missing. */
export const reportSigned = ({ reportSignature, signatureRequired }: ReportSigned): ReportSigned => ({
  ...(reportSignature === undefined ? {} : { reportSignature }),
  ...(signatureRequired === undefined ? {} : { signatureRequired }),
});

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
  const parsed = readJson(body);
  if (parsed === undefined) return refuse('RequestCannotBeParsed', 'the body is not JSON in UTF-8');
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

/**
 * First stage: from bytes to an observation of the right form, or a refusal that says what is wrong. Nothing is looked
 * up and nothing is kept. A source whose value has the wrong form becomes an error of that source alone.
 */
export const receive = (delivery: Delivery, nonceSecret: Buffer): Outcome<Received> => {
  const parsed = parseBody(delivery.body);
  if (!parsed.ok) return parsed;
  const envelope = parsed.value;
  if (!wire.Check(envelope)) return refuse('RequestCannotBeParsed', firstFault(wire.Errors(envelope)));
  if (!isWellFormed(envelope.linkedId ?? '')) {
    return refuse('RequestCannotBeParsed', '/linkedId must be well-formed Unicode');
  }

  const tag = readTag(envelope.tag);
  if (!tag.ok) {
    return tag.fault === 'too-deep'
      ? refuse('RequestCannotBeParsed', `/tag nests deeper than ${DEEPEST_TAG} levels`)
      : refuse('TagTooLarge', `the tag has more than ${OBSERVATION_LIMITS.tagBytes} bytes as JSON`);
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
  const components = checkComponents(envelope.sources, envelope.sdk.platform);
  return {
    ok: true,
    value: {
      workspace,
      environment,
      scope: identityScope(workspace, environment, delivery.sealedBeside),
      time,
      address,
      headers,
      ...(delivery.signature === undefined ? {} : { signature: delivery.signature }),
      ...connectionOf(delivery),
      ...reportSigned(delivery),
      url: envelope.url,
      referrer: envelope.referrer ?? null,
      linkedId: envelope.linkedId === undefined || envelope.linkedId === '' ? null : envelope.linkedId,
      tag: tag.value,
      sdk: envelope.sdk,
      components,
      ignored: ignoredIn(envelope.sources, components),
      tokens,
      replay: checkNonce(nonceSecret, environment.id, envelope.nonce, time),
      nonceHash: digest(envelope.nonce),
      // What was observed and when, however it was written down: a copy under a fresh nonce is still a copy.
      bodyHash: digest(JSON.stringify([environment.id, envelope.url, envelope.timing, envelope.salt, components])),
      extended: envelope.extended === true,
      api: envelope.api ?? 'v3',
    },
  };
};
