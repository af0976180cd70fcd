/** A data set whose licence asks for a visible credit. */
export type Attribution = { name: string; text: string; url: string; licence: string };

/**
 * Credits for the bundled network data, all under CC BY 4.0. DB-IP asks for a link on every page that shows results
 * of its data, which is why `/demo` carries the first of these.
 */
export const attributions: readonly Attribution[] = [
  { name: 'DB-IP', text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com', licence: 'CC BY 4.0' },
  { name: 'RouteViews', text: 'Routes by RouteViews', url: 'https://www.routeviews.org', licence: 'CC BY 4.0' },
  { name: 'NRO', text: 'Number resources by the NRO', url: 'https://www.nro.net', licence: 'CC BY 4.0' },
];
