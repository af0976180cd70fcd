import type { AddressInfo, Geolocation, IpInfo, V4AddressInfo, V4Geolocation, V4IpInfo } from '@whorl/contract';
import { known } from './known.ts';

const geolocationView = (place: Geolocation): V4Geolocation =>
  known<V4Geolocation>({
    accuracy_radius: place.accuracyRadius,
    latitude: place.latitude,
    longitude: place.longitude,
    postal_code: place.postalCode,
    timezone: place.timezone,
    city_name: place.city?.name,
    country_code: place.country?.code,
    country_name: place.country?.name,
    continent_code: place.continent?.code,
    continent_name: place.continent?.name,
    subdivisions: place.subdivisions?.map(({ isoCode, name }) => ({ iso_code: isoCode, name })),
  });

const addressView = ({ address, geolocation, asn, datacenter }: AddressInfo): V4AddressInfo =>
  known<V4AddressInfo>({
    address,
    geolocation: Object.keys(geolocation).length === 0 ? undefined : geolocationView(geolocation),
    asn: asn?.asn,
    asn_name: asn?.name,
    asn_network: asn?.network,
    asn_type: asn?.type,
    datacenter_result: datacenter?.result,
    datacenter_name: datacenter?.name || undefined,
  });

/** What is known of the addresses, in v4's names. What is not known is left out. */
export const ipInfoView = ({ v4, v6 }: IpInfo): V4IpInfo => ({
  ...(v4 === undefined ? {} : { v4: addressView(v4) }),
  ...(v6 === undefined ? {} : { v6: addressView(v6) }),
});
