import { proximityRadii, Sdk, type SignalData, signalDataSchemas, type VelocityIntervals } from '@whorl/contract';
import { addressVersion } from './address-version.ts';
import { ImportFault, unlessFaulty } from './exported-event.ts';
import { present } from './imported-signal.ts';
import { JsonReader } from './json-reader.ts';

/** Parts that v3 and v4 say alike, but for their names. */

type IpInfo = SignalData['ipInfo'];

/** As `asn` and codes of countries are: they become columns of the store, and are shown with nothing around them. */
const ASN = /^\d{1,10}$/;
const COUNTRY = /^[A-Z\d]{2}$/i;

/** What is said of the addresses, where these are addresses. */
export const checkedIpInfo = (ipInfo: IpInfo): IpInfo => {
  for (const [version, info] of [[4, ipInfo.v4] as const, [6, ipInfo.v6] as const]) {
    if (info === undefined) continue;
    const refuse = (what: string): never => {
      throw new ImportFault(`${what} of the address in v${version} is not one`);
    };
    if (addressVersion(info.address) !== version) refuse('the text');
    if (info.asn !== undefined && !ASN.test(info.asn.asn)) refuse('the asn');
    if (info.geolocation.country !== undefined && !COUNTRY.test(info.geolocation.country.code)) refuse('the country');
  }
  return ipInfo;
};

/** Counts by the names that an API gives the 5 minutes, hour and day. Null where there was nothing to count by. */
export const countsOf = (
  counts: JsonReader,
  [minutes, hour, day]: [string, string, string],
): VelocityIntervals | null =>
  counts.exists
    ? {
        '5m': counts.at(minutes).required((count) => count.count()),
        '1h': counts.at(hour).required((count) => count.count()),
        ...present({ '24h': counts.at(day).count() }),
      }
    : null;

/** The kind of a proxy; one that is not known is `unknown`, with a note. */
export const proxyTypeOf = (type: JsonReader, notes: string[]) =>
  unlessFaulty(notes, () => type.as(signalDataSchemas.proxy.properties.details.properties.proxyType)) ?? 'unknown';

/** A zone by its id; its radius is one of those that zones have. */
export const proximityOf = (proximity: JsonReader, radiusName: string): SignalData['proximity'] => {
  const precisionRadius = proximity.at(radiusName).number();
  if (precisionRadius !== undefined && !proximityRadii.some((radius) => radius === precisionRadius)) {
    throw new ImportFault(`${precisionRadius} is no radius of a proximity zone`);
  }
  return present({
    id: proximity.at('id').text(),
    precisionRadius,
    confidence: proximity.at('confidence').number(),
  });
};

/** The client of an event that does not tell it. */
const UNTOLD: Sdk = { platform: 'js', version: '' };

/** The client library. v4 may say that the platform is `unknown`, and nearly always it was a browser then. */
export const sdkOf = (sdk: JsonReader, notes: string[]): Sdk =>
  unlessFaulty(notes, () => {
    const platform = sdk.at('platform');
    const isTold = platform.exists && platform.raw !== 'unknown';
    const told = { platform: isTold ? platform.as(Sdk.properties.platform) : UNTOLD.platform };
    return new JsonReader({ ...UNTOLD, ...sdk.object(), ...told }, 'sdk').as(Sdk);
  }) ?? UNTOLD;
