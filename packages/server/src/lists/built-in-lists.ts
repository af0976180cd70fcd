import { crawlerSources } from './crawler-sources.ts';
import type { ListSource } from './list-source.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const GITHUB = 'https://raw.githubusercontent.com';

type Group = Pick<ListSource, 'licence' | 'page'> & { base: string };

const ipranges: Group = {
  base: `${GITHUB}/lord-alfred/ipranges/main`,
  licence: 'CC0-1.0',
  page: 'https://github.com/lord-alfred/ipranges',
};

const x4bnet: Group = {
  base: `${GITHUB}/X4BNet/lists_vpn/main`,
  licence: 'MIT',
  page: 'https://github.com/X4BNet/lists_vpn',
};

const at = ({ base, licence, page }: Group, path: string) => ({ url: `${base}/${path}`, licence, page });

/** Ranges of one cloud in the collection of lord-alfred/ipranges, with the least rows of each family that it has there. */
const cloud = (provider: string, folder: string, least: { 4: number; 6?: number }): ListSource[] =>
  ([4, 6] as const).flatMap((family) => {
    const minimumRows = least[family];
    if (minimumRows === undefined) return [];
    return [
      {
        name: `${folder}-ipv${family}`,
        kind: 'datacenter',
        format: 'networks',
        ...at(ipranges, `${folder}/ipv${family}.txt`),
        every: DAY,
        minimumRows,
        mayRest: null,
        families: [family],
        provider,
      } satisfies ListSource,
    ];
  });

/**
 * Addresses of one VPN service's servers, as its own application is told of them, collected by tn3w. Networks of VPN services lack
 * many of them, for these services rent servers in the networks of others: see docs/network-lists.md.
 */
const vpnService = (name: string, repository: string, file: string, minimumRows: number): ListSource => ({
  name,
  kind: 'publicVpn',
  format: 'addresses',
  url: `${GITHUB}/tn3w/${repository}/master/${file}`,
  every: 12 * HOUR,
  minimumRows,
  mayRest: 7 * DAY,
  supplement: true,
  licence: 'Apache-2.0',
  page: `https://github.com/tn3w/${repository}`,
});

/** Every list that is fetched unless the operator's file says otherwise. The least rows are about half of those of 2026-08. */
export const builtInLists: readonly ListSource[] = [
  {
    name: 'tor-exits',
    kind: 'tor',
    format: 'tor-exits',
    url: `${GITHUB}/alireza-rezaee/tor-nodes/main/latest.exits.csv`,
    every: HOUR,
    minimumRows: 500,
    mayRest: 12 * HOUR,
    families: [4, 6],
    licence: 'MIT',
    page: 'https://github.com/alireza-rezaee/tor-nodes',
  },
  ...([4, 6] as const).map(
    (family): ListSource => ({
      name: `apple-relay-ipv${family}`,
      kind: 'relay',
      format: 'networks',
      ...at(ipranges, `apple-proxy/ipv${family}.txt`),
      every: 12 * HOUR,
      minimumRows: 1_000,
      mayRest: 45 * DAY,
      families: [family],
    }),
  ),
  {
    name: 'x4bnet-vpn-ipv4',
    kind: 'publicVpn',
    format: 'networks',
    ...at(x4bnet, 'output/vpn/ipv4.txt'),
    every: 12 * HOUR,
    minimumRows: 5_000,
    mayRest: 14 * DAY,
    families: [4],
  },
  vpnService('protonvpn-servers', 'ProtonVPN-IPs', 'protonvpn_ips.txt', 1_000),
  vpnService('tunnelbear-servers', 'TunnelBear-IPs', 'tunnelbear_ips.txt', 2_000),
  vpnService('windscribe-servers', 'Windscribe-IPs', 'windscribe_ips.txt', 150),
  {
    name: 'x4bnet-vpn-asns',
    kind: 'vpnAsns',
    format: 'asns',
    ...at(x4bnet, 'input/vpn/ASN.txt'),
    every: DAY,
    minimumRows: 5,
    mayRest: null,
  },
  ...cloud('Amazon Web Services', 'amazon', { 4: 800, 6: 1_000 }),
  ...cloud('Google Cloud', 'google', { 4: 40, 6: 5 }),
  ...cloud('Cloudflare', 'cloudflare', { 4: 8, 6: 4 }),
  ...cloud('Linode', 'linode', { 4: 100, 6: 15 }),
  ...cloud('Vultr', 'vultr', { 4: 50, 6: 10 }),
  ...cloud('DigitalOcean', 'digitalocean', { 4: 80 }),
  ...cloud('Oracle Cloud', 'oracle', { 4: 300 }),
  {
    name: 'ipcat-datacenters',
    kind: 'datacenter',
    format: 'named-ranges',
    url: `${GITHUB}/growlfm/ipcat/main/datacenters.csv`,
    every: DAY,
    minimumRows: 2_000,
    mayRest: null,
    families: [4],
    licence: 'MIT',
    page: 'https://github.com/growlfm/ipcat',
  },
  ...([4, 6] as const).map(
    (family): ListSource => ({
      name: `x4bnet-datacenter-ipv${family}`,
      kind: 'datacenter',
      format: 'networks',
      ...at(x4bnet, `output/datacenter/ipv${family}.txt`),
      every: DAY,
      minimumRows: family === 4 ? 20_000 : 4_000,
      mayRest: null,
      families: [family],
    }),
  ),
  {
    name: 'x4bnet-datacenter-asns',
    kind: 'datacenterAsns',
    format: 'asns',
    ...at(x4bnet, 'input/datacenter/ASN.txt'),
    every: DAY,
    minimumRows: 400,
    mayRest: null,
  },
  {
    name: 'iplocate-open-proxies',
    kind: 'proxy',
    format: 'proxies',
    url: `${GITHUB}/iplocate/free-proxy-list/main/all-proxies.txt`,
    every: HOUR,
    minimumRows: 100,
    mayRest: DAY,
    licence: 'MIT',
    page: 'https://github.com/iplocate/free-proxy-list',
  },
  {
    name: 'ipsum-level-3',
    kind: 'attackSource',
    format: 'addresses',
    url: `${GITHUB}/stamparm/ipsum/master/levels/3.txt`,
    every: 12 * HOUR,
    minimumRows: 3_000,
    mayRest: 36 * HOUR,
    families: [4],
    licence: 'Unlicense',
    page: 'https://github.com/stamparm/ipsum',
  },
  {
    name: 'blocklist-de-mail',
    kind: 'emailSpam',
    format: 'addresses',
    url: 'https://lists.blocklist.de/lists/mail.txt',
    every: 4 * HOUR,
    minimumRows: 200,
    mayRest: DAY,
    licence: 'none stated: fetched by each server for itself, never passed on',
    page: 'https://www.blocklist.de/en/export.html',
  },
  ...crawlerSources(),
];
