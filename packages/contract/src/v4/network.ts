import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';
import { ConfidenceLevel } from '../signals.ts';

/** What the v4 Server API says of an address, of VPNs and of proxies: shared by events of browsers and of the edge. */

const optional = Type.Optional;
const text = Type.String();
const twoLetters = Type.String({ minLength: 2, maxLength: 2 });

export const V4Geolocation = closed({
  /** Kilometres. */
  accuracy_radius: optional(Type.Integer({ minimum: 0 })),
  latitude: optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: optional(Type.Number({ minimum: -180, maximum: 180 })),
  postal_code: optional(text),
  timezone: optional(text),
  city_name: optional(text),
  country_code: optional(twoLetters),
  country_name: optional(text),
  continent_code: optional(twoLetters),
  continent_name: optional(text),
  subdivisions: optional(Type.Array(closed({ iso_code: text, name: text }))),
});
export type V4Geolocation = Static<typeof V4Geolocation>;

export const V4AddressInfo = closed({
  address: text,
  geolocation: optional(V4Geolocation),
  asn: optional(text),
  asn_name: optional(text),
  asn_network: optional(text),
  asn_type: optional(text),
  datacenter_result: optional(Type.Boolean()),
  datacenter_name: optional(text),
});
export type V4AddressInfo = Static<typeof V4AddressInfo>;

export const V4IpInfo = closed({ v4: optional(V4AddressInfo), v6: optional(V4AddressInfo) });
export type V4IpInfo = Static<typeof V4IpInfo>;

export const V4ProxyDetails = closed({
  proxy_type: oneOf('residential', 'data_center', 'unknown'),
  /** Unix milliseconds, in whole hours. */
  last_seen_at: optional(Type.Integer({ minimum: 0 })),
  provider: optional(text),
});

/** Fields that speak of proxies. */
export const v4ProxyFields = {
  proxy: optional(Type.Boolean()),
  proxy_confidence: optional(ConfidenceLevel),
  proxy_details: optional(V4ProxyDetails),
};

export const V4VpnMethods = closed({
  timezone_mismatch: optional(Type.Boolean()),
  public_vpn: optional(Type.Boolean()),
  auxiliary_mobile: optional(Type.Boolean()),
  os_mismatch: optional(Type.Boolean()),
  relay: optional(Type.Boolean()),
});
