import type { AddressInfo, Event, Geolocation } from '@whorl/contract';
import { h } from '../dom.ts';
import { evidenceTable } from './evidence-table.ts';
import { factList } from './fact-list.ts';

/** A place from the smallest part to the largest, as far as it is known: `Prague, Bohemia, Czechia, Europe`. */
export const placeOf = ({ city, subdivisions, country, continent }: Geolocation): string => {
  const parts = [city?.name, subdivisions?.[0]?.name, country?.name, continent?.name];
  return parts.filter((part, index) => part !== undefined && part !== parts[index - 1]).join(', ');
};

const coordinates = ({ latitude, longitude, accuracyRadius }: Geolocation): string | undefined => {
  if (latitude === undefined || longitude === undefined) return undefined;
  const north = `${Math.abs(latitude).toFixed(2)}° ${latitude < 0 ? 'S' : 'N'}`;
  const east = `${Math.abs(longitude).toFixed(2)}° ${longitude < 0 ? 'W' : 'E'}`;
  return `${north}, ${east}${accuracyRadius === undefined ? '' : `, within ${accuracyRadius} km`}`;
};

const datacenterOf = ({ datacenter }: AddressInfo): string | undefined => {
  if (datacenter === undefined) return undefined;
  if (!datacenter.result) return 'no';
  return datacenter.name === '' ? 'yes' : `yes, ${datacenter.name}`;
};

const addressPanel = (version: string, info: AddressInfo): HTMLElement => {
  const place = placeOf(info.geolocation);
  return h(
    'div',
    { class: 'panel' },
    h('h3', {}, version),
    h('p', { class: 'address' }, h('code', {}, info.address)),
    h('p', { class: place === '' ? 'quiet' : 'place' }, place === '' ? 'No place is known for this address.' : place),
    factList([
      ['Coordinates', coordinates(info.geolocation)],
      ['Postal code', info.geolocation.postalCode],
      ['Timezone', info.geolocation.timezone],
      ['Operator', info.asn && `${info.asn.name} (AS${info.asn.asn})`],
      ['Network', info.asn && h('code', {}, info.asn.network)],
      ['Kind', info.asn?.type],
      ['Datacenter', datacenterOf(info)],
    ]),
  );
};

/** What is known of the visitor's address, and from which data of which date. */
export const networkView = ({ signals: { ipInfo } }: Event): HTMLElement => {
  const { v4, v6 } = ipInfo.data;
  return h(
    'div',
    { class: 'columns' },
    v4 && addressPanel('IPv4', v4),
    v6 && addressPanel('IPv6', v6),
    h(
      'div',
      { class: 'panel' },
      h('h3', {}, 'From which data'),
      evidenceTable(ipInfo.evidence, 'Data that the address was looked up in'),
      // The licence of the city data asks for this link wherever the data is shown.
      h('p', { class: 'credit' }, h('a', { href: 'https://db-ip.com' }, 'IP Geolocation by DB-IP')),
    ),
  );
};
