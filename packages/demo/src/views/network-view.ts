import type { AddressInfo, Event, Evidence, Geolocation } from '@whorl/contract';
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

/** A credit for data, with its link. */
export type Credit = { text: string; url: string };

const bundledCredit: Credit = { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' };

/**
 * The credits that the licences of the data ask for, each once: they stand beside the data sets in the evidence. An event of before
 * they did was looked up in the data that comes with the server, or in the operator's own.
 */
export const creditsOf = (evidence: readonly Pick<Evidence, 'value'>[]): Credit[] => {
  const texts = evidence.flatMap(({ value }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.credit === 'string'
      ? value.credit.split('; ')
      : [],
  );
  const credits = [...new Set(texts)].flatMap((credit) => {
    const [, text, url] = /^(.+), (https:\/\/\S+)$/.exec(credit) ?? [];
    return text === undefined || url === undefined ? [] : [{ text, url }];
  });
  return credits.length === 0 ? [bundledCredit] : credits;
};

const creditLine = (credits: readonly Credit[]): HTMLElement =>
  h(
    'p',
    { class: 'credit' },
    ...credits.flatMap(({ text, url }, index) => [index > 0 && ' · ', h('a', { href: url }, text)]),
  );

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
      // The licences of the data ask for these links wherever it is shown.
      creditLine(creditsOf(ipInfo.evidence)),
    ),
  );
};
