import { byAddressClients } from './by-address.ts';
import { byHandClients } from './by-hand.ts';
import type { Client } from './client.ts';
import { deviceModes } from './device-mode.ts';
import { drivenClients } from './drivers.ts';
import { otherBrowsers } from './other-browsers.ts';

/** Every client, those that people use first. To add one: its file, its line in one of these tables, its line in the README. */
export const clients: Readonly<Record<string, Client>> = {
  ...byHandClients,
  ...byAddressClients,
  ...otherBrowsers,
  ...deviceModes,
  ...drivenClients,
};
