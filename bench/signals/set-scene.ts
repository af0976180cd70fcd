import { findDisplay, isFound, startDisplay, startWhorl } from '@whorl/testing';
import { openStore } from '../../packages/server/src/storage/open-store.ts';
import { startOwnLists, untilListsLoaded } from './own-lists.ts';
import { type Place, places, TIMEZONE } from './places.ts';
import { type Site, type SiteOptions, startSite } from './site.ts';
import type { Scene } from './visit.ts';

/** What ends one part of a scene. */
type End = () => Promise<unknown>;

const startSites = async (options: Omit<SiteOptions, 'visitorAddress'>, ends: End[]): Promise<Scene['sites']> => {
  const entries: [Place, Site][] = [];
  for (const place of Object.keys(places) as Place[]) {
    const site = await startSite({ ...options, visitorAddress: places[place] });
    ends.push(() => site.stop());
    entries.push([place, site]);
  }
  return Object.fromEntries(entries) as Scene['sites'];
};

const build = async (elsewhere: boolean, ends: End[]): Promise<Scene> => {
  const lists = await startOwnLists();
  ends.push(() => lists.stop());
  const server = await startWhorl({ env: { WHORL_TRUSTED_PROXIES: 'loopback', ...lists.env } });
  ends.push(() => server.stop());
  await untilListsLoaded(server.url);
  const store = await openStore({ dataDir: server.dataDir, mustExist: true });
  ends.push(() => store.close());
  const workspaceId = (await store.workspaces())[0]?.id ?? '';
  const display = isFound(await findDisplay()) ? await startDisplay() : undefined;
  ends.push(async () => display?.stop());
  return {
    sites: await startSites({ server: server.url, publicKey: server.publicKey, elsewhere }, ends),
    server: server.url,
    secretKey: server.secretKey,
    event: (id) => store.event({ workspaceId }, id),
    env: { TZ: TIMEZONE, LANG: 'de_DE.UTF-8', ...display?.env },
  };
};

/** Lists, a server that has fetched them, a site before it for each place, and a display; `leave` ends them all. */
export const setScene = async (elsewhere: boolean): Promise<Scene & { leave(): Promise<void> }> => {
  const ends: End[] = [];
  const leave = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    return { ...(await build(elsewhere, ends)), leave };
  } catch (error) {
    await leave();
    throw error;
  }
};
