import { hostingNetworks } from './hosting-networks.ts';

export { HOSTING_ASNS_REVIEWED } from './hosting-networks.ts';

const providers = new Map(hostingNetworks.flatMap(([provider, , asns]) => asns.map((asn) => [asn, provider] as const)));

/** The hosting provider that runs an autonomous system, or undefined when the table knows none. */
export const hostingProviderOf = (asn: number): string | undefined => providers.get(asn);
