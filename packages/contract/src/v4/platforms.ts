import type { Sdk } from '../observation.ts';

const web = ['js'] as const;
const android = ['android'] as const;
const ios = ['ios'] as const;
const mobile = ['android', 'ios'] as const;

/**
 * Fields of the v4 event that only some platforms have, and which: on the others they are left out, and a search by them
 * finds nothing. The view and the search read the same table, so that a filter always agrees with what is shown.
 */
export const v4FieldPlatforms = {
  url: web,
  client_referrer: web,
  browser_details: web,
  bot: web,
  bot_type: web,
  bot_info: web,
  incognito: web,
  privacy_settings: web,
  virtual_machine: web,
  rare_device: web,
  rare_device_percentile_bucket: web,
  cloned_app: android,
  emulator: android,
  root_apps: android,
  jailbroken: ios,
  simulator: ios,
  factory_reset_timestamp: mobile,
  frida: mobile,
  location_spoofing: mobile,
  mitm_attack: mobile,
} as const satisfies Record<string, readonly Sdk['platform'][]>;

export type V4PlatformField = keyof typeof v4FieldPlatforms;
