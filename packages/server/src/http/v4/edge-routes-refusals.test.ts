import { type Feature, V4EdgeEvent } from '@whorl/contract';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { GOOGLEBOT, report, useEdgeServer } from './testing/use-edge-server.ts';

const isAnswer = Compile(V4EdgeEvent);
const { server, post, get, answerTo } = useEdgeServer();

describe('what is refused', () => {
  const disable = (disabledFeatures: Feature[]) =>
    server().store.changeWorkspace(server().first.workspace.id, () => ({ disabledFeatures }));

  it.each([
    ['no key', {}, 403, 'secret_api_key_required'],
    ['a wrong key', { authorization: 'Bearer nonsense' }, 403, 'secret_api_key_not_found'],
  ])('refuses %s before it looks at the body', async (_, headers, status, code) => {
    const answer = await server().app.inject({ method: 'POST', url: '/v4/edge', headers, payload: '{' });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code } });
  });

  it('refuses a workspace without the feature, before it looks at the body', async () => {
    await disable(['edge']);
    const answer = await post('x'.repeat(200_000));
    await disable([]);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toEqual({ error: { code: 'feature_not_enabled', message: 'feature not enabled' } });
  });

  it('leaves out what the workspace has switched off, in the event too', async () => {
    await disable(['botd', 'ipInfo', 'proxy', 'vpn']);
    const answer = await answerTo(report());
    const event = await get(`/events/${answer.event_id}`);
    await disable([]);
    expect(Object.keys(answer)).toEqual(['event_id', 'timestamp', 'source', 'url', 'ip_info']);
    expect(answer.ip_info).toEqual({});
    expect(event.json()).toEqual(answer);
  });

  it.each([
    ['nothing', '', 400, 'request_cannot_be_parsed', 'request body is not valid'],
    ['what is no JSON', '{"a":', 400, 'request_cannot_be_parsed', 'request body is not valid'],
    [
      'bytes that are no UTF-8',
      Buffer.from(JSON.stringify(report({ linked_id: 'caf\xe9' })), 'latin1'),
      400,
      'request_cannot_be_parsed',
      'request body is not valid',
    ],
    [
      'half of a surrogate pair',
      report({ linked_id: '\ud800' }),
      400,
      'request_cannot_be_parsed',
      'linked_id must be well-formed Unicode',
    ],
    ['an empty object', {}, 400, 'request_cannot_be_parsed', 'headers is required'],
    [
      'an unknown field',
      { ...report(), unknown: 1 },
      400,
      'request_cannot_be_parsed',
      'request body contains an unknown field "unknown"',
    ],
    [
      'a body that is too large',
      report({ tags: { x: 'x'.repeat(200_000) } }),
      413,
      'payload_too_large',
      'payload too large',
    ],
    [
      'tags that are too large',
      report({ tags: { x: 'x'.repeat(20_000) } }),
      413,
      'payload_too_large',
      'payload too large',
    ],
  ])('refuses %s', async (_, payload, status, code, message) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: { code, message } });
  });

  it('answers anything that is sent with a documented status', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\0', '1.2.3.4', '::1', '::ffff:1.2.3.4', 'https://a.example/', 'https://[::1]/', GOOGLEBOT),
      fc.jsonValue(),
    );
    const signature = fc.constantFrom(
      'signature',
      'Signature-Input',
      'SIGNATURE-AGENT',
      'user-agent',
      '__proto__',
      'a b',
      '',
    );
    const header = fc.record({ name: fc.oneof(signature, odd), value: odd }, { requiredKeys: [] });
    const anyBody = fc.record(
      {
        headers: fc.oneof(fc.array(header, { maxLength: 4 }), odd),
        method: fc.oneof(fc.constantFrom('GET', 'post'), odd),
        url: fc.oneof(fc.constant('https://shop.example/a'), fc.webUrl({ withFragments: true }), odd),
        ipv4_address: fc.oneof(fc.ipV4(), fc.ipV4Extended(), odd),
        ipv6_address: fc.oneof(fc.ipV6(), odd),
        linked_id: odd,
        tags: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), odd),
      },
      { requiredKeys: [] },
    );
    const documented: Record<number, (answer: unknown) => boolean> = {
      200: (answer) => isAnswer.Check(answer),
      400: (answer) => /"request_cannot_be_parsed"/.test(JSON.stringify(answer)),
      413: (answer) => /"payload_too_large"/.test(JSON.stringify(answer)),
    };
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async (changes, whole) => {
        const answer = await post({ ...(whole ? report() : {}), ...changes });
        expect(documented[answer.statusCode]?.(answer.json()), `${answer.statusCode} ${answer.body}`).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 30_000);
});
