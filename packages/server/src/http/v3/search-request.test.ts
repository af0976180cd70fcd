import { type SignalName, type V3SearchAnswer, v3Errors, v3SearchQuery } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { call, record, search, withWorkspace } = useV3();

const told = ({ code, message }: { code: string; message: string }) => ({ error: { code, message } });
const NO_EVENTS = 'A'.repeat(20);

describe('what is switched off', () => {
  it.each(
    Object.entries(v3SearchQuery).flatMap(([name, parameter]) => ('product' in parameter ? [[name, parameter]] : [])),
  )('is not found by %s', async (name, parameter) => {
    const { schema, product } = parameter as {
      schema: { enum?: (string | number)[]; type: string };
      product: SignalName;
    };
    const value = schema.enum?.at(-1) ?? (schema.type === 'boolean' ? 'false' : '0');
    await record({});
    // Otherwise a usual event is found by each verdict's false; how rare it is, is not known.
    if (value === 'false' && name !== 'rare_device')
      expect((await search(`limit=5&${name}=false`)).ids).not.toEqual([]);
    await withWorkspace({ disabledFeatures: [product] }, async () => {
      expect(await search(`limit=5&${name}=${encodeURIComponent(value)}`)).toEqual({ ids: [] });
      const answer = await call('GET', '/events/search?limit=1');
      expect(answer.json<V3SearchAnswer>().events[0]?.products).not.toHaveProperty(product);
    });
  });
});

describe('wrong parameters', () => {
  it.each([
    ['', v3Errors.invalidLimit],
    ['limit=', v3Errors.invalidLimit],
    ['limit=0', v3Errors.invalidLimit],
    ['limit=-1', v3Errors.invalidLimit],
    ['limit=1.5', v3Errors.invalidLimit],
    ['limit=ten', v3Errors.invalidLimit],
    ['limit=0x10', v3Errors.invalidLimit],
    ['limit=2147483648', v3Errors.invalidLimit],
    ['limit=1&limit=2', v3Errors.invalidLimit],
    ['limit=1&bot=maybe', v3Errors.invalidBotType],
    ['limit=1&bot=&bot=', v3Errors.invalidBotType],
    ['limit=1&bot=good&bot=bad', v3Errors.invalidBotType],
    ['limit=1&reverse=yes', v3Errors.invalidReverse],
    ['limit=1&reverse=1', v3Errors.invalidReverse],
    ['limit=1&start=yesterday', v3Errors.invalidStartTime],
    ['limit=1&start=-1', v3Errors.invalidStartTime],
    ['limit=1&start=99999999999999999999', v3Errors.invalidStartTime],
    ['limit=1&end=2026-01-01T00:00:00Z', v3Errors.invalidEndTime],
    ['limit=1&ip_address=203.0.113.7', v3Errors.invalidIpAddress],
    ['limit=1&ip_address=203.0.113.7/33', v3Errors.invalidIpAddress],
    ['limit=1&ip_address=example.org/24', v3Errors.invalidIpAddress],
    ['limit=1&reverse=', v3Errors.invalidReverse],
    ['limit=1&start=', v3Errors.invalidStartTime],
    ['limit=1&vpn=', v3Errors.invalidBody],
    ['limit=1&min_suspect_score=', v3Errors.invalidBody],
    ['limit=1&visitor_id=short', v3Errors.invalidVisitorId],
    [`limit=1&visitor_id=${NO_EVENTS}&visitor_id=${NO_EVENTS}`, v3Errors.invalidVisitorId],
    [`limit=1&linked_id=${'x'.repeat(257)}`, v3Errors.linkedIdTooLong],
    ['limit=1&pagination_key=nonsense', v3Errors.invalidPaginationKey],
    ['limit=1&pagination_key=17000000000001', v3Errors.invalidPaginationKey],
    ['limit=1&vpn=TRUE', v3Errors.invalidBody],
    ['limit=1&suspect=', v3Errors.invalidBody],
    ['limit=1&vpn_confidence=sure', v3Errors.invalidBody],
    ['limit=1&min_suspect_score=high', v3Errors.invalidBody],
    ['limit=1&min_suspect_score=1e999', v3Errors.invalidBody],
    ['limit=1&rare_device_percentile_bucket=p95', v3Errors.invalidBody],
    ['limit=1&sdk_platform=web', v3Errors.invalidBody],
    ['limit=1&proximity_precision_radius=11', v3Errors.invalidBody],
    [`limit=1&environment=${'x'.repeat(2000)}`, v3Errors.invalidBody],
  ])('%.60s', async (query, error) => {
    const answer = await call('GET', `/events/search?${query}`);
    expect([answer.statusCode, answer.json()]).toEqual([400, told(error)]);
  });

  it('are passed over when their names are not known', async () => {
    const query = `limit=1&visitor_id=${NO_EVENTS}&ii=sdk/1&limit[]=x&nonsense=1&__proto__=1&constructor=2`;
    expect(await search(query)).toEqual({ ids: [] });
  });
});
