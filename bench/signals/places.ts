/**
 * Where clients are said to come from. All of these are customers' addresses of one German access provider, so that clocks can be held
 * against a country, and nothing but the benchmark's own lists tells one from another: what stands on those is made up, and no list of the
 * world's has it. Nothing is ever sent to any of them. Addresses set aside for documentation would not do, for nothing is judged of them.
 */
export const places = {
  home: '84.133.10.20',
  vpn: '84.133.20.7',
  relay: '84.133.30.7',
  tor: '84.133.40.7',
  proxy: '84.133.50.7',
  attacker: '84.133.60.7',
} as const;

export type Place = keyof typeof places;

/** The clock of that country. */
export const TIMEZONE = 'Europe/Berlin';

/** A clock that no place in that country has in any season. */
export const FOREIGN_TIMEZONE = 'Asia/Tokyo';
