/** The credits that licences of data in answers ask for, which the answers themselves have no place for. CommonMark. */
export const dataCredits =
  'Addresses are placed, unless the operator has other data, by [IP Geolocation by DB-IP](https://db-ip.com); networks are of [RouteViews](https://www.routeviews.org) and the [NRO](https://www.nro.net); all under CC BY 4.0.';
