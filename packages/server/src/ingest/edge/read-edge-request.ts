import { isIPv4, isIPv6 } from 'node:net';
import { EDGE_LIMITS, EdgeRequest, type JsonObject } from '@whorl/contract';
import type { HeaderField } from '@whorl/engine';
import ipaddr from 'ipaddr.js';
import { Compile } from 'typebox/compile';
import { isWellFormed } from '../is-well-formed.ts';
import { DEEPEST_TAG, readTag } from '../read-tag.ts';
import { describeFault } from './describe-fault.ts';

/** What a server told of a request that it received. At least one of the addresses is there. */
export type ReportedRequest = {
  headers: HeaderField[];
  method: string;
  url: string;
  addresses: { v4?: string; v6?: string };
  linkedId: string | null;
  tag: JsonObject;
};

/** `too-large`: the tags are; everything else that is wrong is said in `message`. */
export type ReadOutcome =
  | { ok: true; value: ReportedRequest }
  | { ok: false; fault: 'malformed' | 'too-large'; message: string };

const refuse = (message: string, fault: 'malformed' | 'too-large' = 'malformed'): ReadOutcome => ({
  ok: false,
  fault,
  message,
});

const schema = Compile(EdgeRequest);

/** A line break or a zero byte ends a header; whatever a server received has neither (RFC 9110, 5.5). */
const BREAKS = /[\r\n\0]/;

/** URIs are ASCII without spaces (RFC 3986): URL parsers would quietly repair anything else. */
const URI = /^https?:\/\/[\x21-\x7e]+$/i;

const urlFault = (url: string): string | undefined => {
  if (!URI.test(url) || !URL.canParse(url)) return 'url must be an absolute http or https URL';
  if (url.includes('#')) return 'url must not have a fragment';
  const { username, password } = new URL(url);
  return username === '' && password === '' ? undefined : 'url must not hold credentials';
};

/** The addresses by their family: what is IPv4 within IPv6 is IPv4, unless another IPv4 address was given. As text where wrong. */
const readAddresses = (v4: string | undefined, v6: string | undefined): ReportedRequest['addresses'] | string => {
  if (v4 === undefined && v6 === undefined) return 'at least one of ipv4_address or ipv6_address is required';
  if (v4 !== undefined && !isIPv4(v4)) return 'ipv4_address is not a valid IPv4 address';
  if (v6 !== undefined && (!isIPv6(v6) || v6.includes('%'))) return 'ipv6_address is not a valid IPv6 address';
  const unwrapped = v6 === undefined ? undefined : ipaddr.process(v6);
  if (unwrapped === undefined) return { ...(v4 === undefined ? {} : { v4 }) };
  if (unwrapped instanceof ipaddr.IPv4) return { v4: v4 ?? unwrapped.toString() };
  return { ...(v4 === undefined ? {} : { v4 }), v6: unwrapped.toString() };
};

/** Reads the body of `POST /v4/edge`, as parsed, or says what is wrong with it in words that name the field. */
export const readEdgeRequest = (body: unknown): ReadOutcome => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('request body is not valid');
  if (!schema.Check(body)) return refuse(describeFault(schema.Errors(body)));
  const { headers, method, url, ipv4_address: v4, ipv6_address: v6, linked_id: linkedId = '', tags } = body;
  const broken = headers.findIndex(({ value }) => BREAKS.test(value));
  if (broken !== -1) return refuse(`headers[${broken}].value is not a valid header value`);
  if (!isWellFormed(linkedId)) return refuse('linked_id must be well-formed Unicode');
  const wrong = urlFault(url);
  if (wrong !== undefined) return refuse(wrong);
  const addresses = readAddresses(v4, v6);
  if (typeof addresses === 'string') return refuse(addresses);
  const tag = readTag(tags);
  if (!tag.ok && tag.fault === 'too-deep') return refuse(`tags nest deeper than ${DEEPEST_TAG} levels`);
  if (!tag.ok) return refuse(`tags have more than ${EDGE_LIMITS.tagBytes} bytes as JSON`, 'too-large');
  return {
    ok: true,
    value: { headers, method, url, addresses, linkedId: linkedId === '' ? null : linkedId, tag: tag.value },
  };
};
