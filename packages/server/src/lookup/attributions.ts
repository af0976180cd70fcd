/** A data set whose licence asks for a visible credit. */
export type Attribution = { name: string; text: string; url: string; licence: string };

/**
 * Credits for the bundled network data, all under CC BY 4.0. DB-IP asks for a link on every page that shows results
 * of its data, which is why `/demo` carries the first of these.
 */
export const attributions = [
  { name: 'DB-IP', text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com', licence: 'CC BY 4.0' },
  { name: 'RouteViews', text: 'Routes by RouteViews', url: 'https://www.routeviews.org', licence: 'CC BY 4.0' },
  { name: 'NRO', text: 'Number resources by the NRO', url: 'https://www.nro.net', licence: 'CC BY 4.0' },
] as const satisfies readonly Attribution[];

/** The credits for data of some of the makers as one text, as it stands beside an answer. */
export const creditOf = (...names: (typeof attributions)[number]['name'][]): string =>
  attributions
    .filter(({ name }) => names.includes(name))
    .map(({ text, url }) => `${text}, ${url}`)
    .join('; ');
