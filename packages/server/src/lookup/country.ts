import type { Geolocation } from '@whorl/contract';
import { continents, countries, type ICountry } from 'countries-list';

const countriesByCode: Partial<Record<string, ICountry>> = countries;

/** Country and continent in English by ISO 3166-1 alpha-2 code; undefined when there is no such country. */
export const countryOf = (code: string): Required<Pick<Geolocation, 'country' | 'continent'>> | undefined => {
  const country = Object.hasOwn(countriesByCode, code) ? countriesByCode[code] : undefined;
  if (country === undefined) return undefined;
  return {
    country: { code, name: country.name },
    continent: { code: country.continent, name: continents[country.continent] },
  };
};
