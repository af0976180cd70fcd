import { describe, expect, it } from 'vitest';
import { ruleField, ruleFields } from './rule-fields.ts';

describe('the fields that rules can name', () => {
  it.each([
    ['vpn', { kind: 'boolean' }],
    ['vpn_methods.public_vpn', { kind: 'boolean' }],
    ['suspect_score', { kind: 'number' }],
    ['identification.confidence.score', { kind: 'number' }],
    ['velocity.events.5_minutes', { kind: 'number' }],
    ['url', { kind: 'text' }],
    ['bot', { kind: 'text', oneOf: ['bad', 'good', 'not_detected'] }],
    ['source', { kind: 'text', oneOf: ['device', 'edge'] }],
    ['ip_address', { kind: 'address' }],
    ['ip_info.v6.address', { kind: 'address' }],
    ['ip_info.v4.geolocation.subdivisions.iso_code', { kind: 'texts' }],
    ['raw_device_attributes.screen_resolution', { kind: 'numbers' }],
    ['tags', { kind: 'object' }],
    ['tags.cart', { kind: 'free' }],
    ['tags.Any Name-At_all.deeper', { kind: 'free' }],
  ])('know %s', (path, field) => {
    expect(ruleField(path)).toEqual(field);
  });

  it.each(['', 'vpnn', 'vpn.', '.vpn', 'tags.', 'tags..a', 'tagsx.a', 'constructor', 'rule_action.type', 'url.length'])(
    'do not know %j',
    (path) => {
      expect(ruleField(path)).toBeUndefined();
    },
  );

  it('are many, and nothing that rules would be asked about themselves', () => {
    expect(ruleFields.size).toBeGreaterThan(150);
    expect([...ruleFields.keys()].filter((path) => path.startsWith('rule_action'))).toEqual([]);
  });
});
