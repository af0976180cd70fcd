import { EDGE_LIMITS } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { readEdgeRequest } from './read-edge-request.ts';

const body = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  headers: [{ name: 'User-Agent', value: 'Mozilla/5.0' }],
  method: 'GET',
  url: 'https://shop.example/login?a=b',
  ipv4_address: '34.162.244.71',
  ...change,
});

const without = (name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body()).filter(([key]) => key !== name));

const requestOf = (change: Record<string, unknown>) => {
  const read = readEdgeRequest(body(change));
  if (!read.ok) throw new Error(read.message);
  return read.value;
};

describe('readEdgeRequest', () => {
  it('reads all that a request has', () => {
    const headers = [
      { name: 'Host', value: 'shop.example' },
      { name: 'accept-ENCODING', value: 'gzip' },
      { name: 'accept-ENCODING', value: '' },
    ];
    expect(requestOf({ headers, method: 'pOsT', linked_id: 'order 7', tags: { a: [1] } })).toEqual({
      headers,
      method: 'pOsT',
      url: 'https://shop.example/login?a=b',
      addresses: { v4: '34.162.244.71' },
      linkedId: 'order 7',
      tag: { a: [1] },
    });
  });

  it.each([
    [{ ipv6_address: '2001:4860:4801:0010::0001' }, { v6: '2001:4860:4801:10::1' }],
    [
      { ipv4_address: '34.162.244.71', ipv6_address: '2001:4860:4801:10::1' },
      { v4: '34.162.244.71', v6: '2001:4860:4801:10::1' },
    ],
    [{ ipv6_address: '::ffff:22a2:f447' }, { v4: '34.162.244.71' }],
    [{ ipv6_address: '::ffff:34.162.244.71' }, { v4: '34.162.244.71' }],
    [{ ipv4_address: '34.162.244.71', ipv6_address: '::ffff:1.2.3.4' }, { v4: '34.162.244.71' }],
  ])('reads the addresses of %j', (change, addresses) => {
    const read = readEdgeRequest({ ...without('ipv4_address'), ...change });
    expect(read).toMatchObject({ ok: true, value: { addresses } });
    expect(Object.keys(read.ok ? read.value.addresses : {})).toEqual(Object.keys(addresses));
  });

  it('takes an empty linked id and missing tags for none', () => {
    expect(requestOf({ linked_id: '' })).toMatchObject({ linkedId: null, tag: {} });
  });

  it.each([
    ['no object', [], 'request body is not valid'],
    ['null', null, 'request body is not valid'],
    ['an unknown field', body({ unknown: 1 }), 'request body contains an unknown field "unknown"'],
    ['a field with a name of objects', JSON.parse('{"__proto__":1}'), 'headers is required'],
    ['no headers', without('headers'), 'headers is required'],
    ['no method', without('method'), 'method is required'],
    ['no url', without('url'), 'url is required'],
    ['empty headers', body({ headers: [] }), 'headers must not have fewer than 1 items'],
    ['a header without value', body({ headers: [{ name: 'a' }] }), 'headers[0].value is required'],
    [
      'a header with more',
      body({ headers: [{ name: 'a', value: '', x: 1 }] }),
      'request body contains an unknown field "headers[0].x"',
    ],
    [
      'a header’s value of another type',
      body({ headers: [{ name: 'a', value: 1 }] }),
      'headers[0].value must be string',
    ],
    [
      'a line break in a header',
      body({
        headers: [
          { name: 'a', value: '' },
          { name: 'b', value: 'x\r\ny: z' },
        ],
      }),
      'headers[1].value is not a valid header value',
    ],
    ['a relative url', body({ url: '/login' }), 'url must be an absolute http or https URL'],
    ['another scheme', body({ url: 'ftp://shop.example/' }), 'url must be an absolute http or https URL'],
    ['no host', body({ url: 'https://' }), 'url must be an absolute http or https URL'],
    ['a space in the url', body({ url: 'https://shop.example/a b' }), 'url must be an absolute http or https URL'],
    ['a fragment', body({ url: 'https://shop.example/#a' }), 'url must not have a fragment'],
    ['credentials in the url', body({ url: 'https://me:secret@shop.example/' }), 'url must not hold credentials'],
    ['no address', without('ipv4_address'), 'at least one of ipv4_address or ipv6_address is required'],
    ['a wrong IPv4 address', body({ ipv4_address: '1.2.3' }), 'ipv4_address is not a valid IPv4 address'],
    ['IPv6 for IPv4', body({ ipv4_address: '::1' }), 'ipv4_address is not a valid IPv4 address'],
    ['IPv4 for IPv6', body({ ipv6_address: '1.2.3.4' }), 'ipv6_address is not a valid IPv6 address'],
    ['a zone', body({ ipv6_address: 'fe80::1%eth0' }), 'ipv6_address is not a valid IPv6 address'],
    ['an address that is null', body({ ipv4_address: null }), 'ipv4_address must be string'],
    ['tags that are no object', body({ tags: 'x' }), 'tags must be object'],
  ])('names the fault of %s', (_, given, message) => {
    expect(readEdgeRequest(given)).toEqual({ ok: false, fault: 'malformed', message });
  });

  it.each([
    ['method', { method: 'GET /' }],
    ['headers[0].name', { headers: [{ name: 'User Agent', value: '' }] }],
    ['headers[0].name', { headers: [{ name: '', value: '' }] }],
    ['url', { url: `https://shop.example/${'x'.repeat(EDGE_LIMITS.urlLength)}` }],
    ['linked_id', { linked_id: 'x'.repeat(EDGE_LIMITS.linkedIdLength + 1) }],
    ['headers', { headers: Array.from({ length: EDGE_LIMITS.headers + 1 }, () => ({ name: 'a', value: '' })) }],
  ])('names %s where it breaks a rule', (field, change) => {
    const read = readEdgeRequest(body(change));
    expect(read).toMatchObject({
      ok: false,
      fault: 'malformed',
      message: expect.stringMatching(new RegExp(`^${field.replace(/[[\]]/g, '\\$&')} (?:must|can't) `)),
    });
  });

  it('refuses tags that are too large or too deep', () => {
    const large = { x: 'x'.repeat(EDGE_LIMITS.tagBytes) };
    expect(readEdgeRequest(body({ tags: large }))).toMatchObject({ ok: false, fault: 'too-large' });
    const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
    expect(readEdgeRequest(body({ tags: deep }))).toMatchObject({ ok: false, fault: 'malformed' });
  });
});
