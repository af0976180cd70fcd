/**
 * Autonomous systems that are registered under the name of a company whose business is a VPN for everybody, so that all of its
 * addresses are its service's. Each row: the service; what the names of its systems look like in the registries, by which the
 * test checks every number against the installed data; the AS numbers, largest first.
 *
 * Found by searching the names in `@ip-location-db/asn` (2026-06-17) for VPN services and the companies behind them. Left out on
 * purpose: hosting companies that such services rent from, since servers of all sorts stand there; makers of other programs who also
 * have a VPN (Avast); and systems that such a company has for its mail and offices (Proton's 62371).
 */
export type VpnNetwork = readonly [service: string, registeredAs: RegExp, asns: readonly number[]];

/** When the table was last checked, unix milliseconds. */
export const VPN_NETWORKS_REVIEWED = Date.UTC(2026, 10, 23);

export const vpnNetworks: readonly VpnNetwork[] = [
  ['Bullet VPN', /^Bullet Proof VPN/i, [208765]],
  ['Castle VPN', /^Castle VPN/i, [397282]],
  ['ExpressVPN', /^F\.N\.S\. HOLDINGS/i, [206092, 206150, 206164]],
  ['Free Unlimited VPN', /^FREE UNLIMITED VPN/i, [213163]],
  ['IPLockVPN', /^IPLOCKVPN/i, [394104]],
  ['IVPN', /^IVPN Limited/i, [203619]],
  ['Mullvad', /^Mullvad VPN/i, [216025]],
  ['NordVPN', /^PacketHub/i, [136787, 272096, 207137, 147049, 141039]],
  ['Proton VPN', /^Proton AG/i, [208172, 199218, 209103]],
  ['Windscribe', /^Windscribe/i, [397540]],
];

const systems = new Set(vpnNetworks.flatMap(([, , asns]) => asns));

/** Whether an autonomous system is a VPN service's own. */
export const isVpnNetwork = (asn: number): boolean => systems.has(asn);
