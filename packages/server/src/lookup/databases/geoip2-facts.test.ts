import { describe, expect, it } from 'vitest';
import { geoip2Facts } from './geoip2-facts.ts';

describe('geoip2Facts', () => {
  it('reads a record of systems and operators', () => {
    const record = {
      autonomous_system_number: 64_496,
      autonomous_system_organization: 'EXAMPLE-AS',
      isp: 'Example ISP',
      organization: 'Example Ltd',
    };
    expect(geoip2Facts(record)).toEqual({ system: { asn: 64_496, name: 'EXAMPLE-AS' }, flags: {} });
    expect(geoip2Facts({ ...record, autonomous_system_organization: '' }).system?.name).toBe('Example ISP');
  });

  it('reads what a fuller record has under its traits', () => {
    const traits = {
      autonomous_system_number: 64_496,
      isp: 'Example',
      user_type: 'college',
      connection_type: 'Cellular',
    };
    expect(geoip2Facts({ country: { iso_code: 'CZ' }, traits })).toMatchObject({
      place: { country: { code: 'CZ' } },
      system: { asn: 64_496, name: 'Example' },
      type: 'education',
    });
    expect(geoip2Facts({ traits: { user_type: 'hosting', organization: 'Example Cloud' } })).toMatchObject({
      type: 'hosting',
      hosting: { name: 'Example Cloud' },
    });
  });

  it.each([
    ['Cable/DSL', 'isp'],
    ['Cellular', 'isp'],
    ['Corporate', undefined],
    ['constructor', undefined],
  ])('takes the connection type %s for %s', (connection, type) => {
    expect(geoip2Facts({ connection_type: connection }).type).toBe(type);
  });

  it('reads flags, with the day of the last sight where it is there', () => {
    const seenAt = Date.UTC(2026, 10, 19);
    expect(
      geoip2Facts({
        is_anonymous: true,
        is_anonymous_vpn: true,
        is_tor_exit_node: true,
        is_residential_proxy: true,
        is_public_proxy: true,
        network_last_seen: '2026-11-19',
        provider_name: 'Example VPN',
      }).flags,
    ).toEqual({ publicVpn: { seenAt }, tor: { seenAt }, proxy: { seenAt, residential: true } });
    expect(geoip2Facts({ is_public_proxy: true }).flags).toEqual({ proxy: {} });
    expect(geoip2Facts({ is_anonymous: true, is_tor_exit_node: false }).flags).toEqual({});
  });

  it('makes nothing of fields that have another form', () => {
    expect(
      geoip2Facts({
        autonomous_system_number: -1,
        is_tor_exit_node: 'no',
        network_last_seen: 7,
        traits: ['x'],
        country: 'CZ',
        location: { latitude: 'far', accuracy_radius: -3 },
        subdivisions: { iso_code: '10' },
        connection_type: {},
      }),
    ).toEqual({ flags: {} });
  });
});
