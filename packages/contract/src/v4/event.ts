import Type, { type Static } from 'typebox';
import { ENVIRONMENT_ID_PATTERN, REQUEST_ID_PATTERN, VISITOR_ID_PATTERN } from '../ids.ts';
import { closed, JsonObjectValue, oneOf } from '../json.ts';
import { OBSERVATION_LIMITS, Sdk } from '../observation.ts';
import { ConfidenceLevel, signalDataSchemas } from '../signals.ts';
import { described } from './described.ts';
import { V4BotInfo } from './edge.ts';
import { V4IpInfo, V4VpnMethods, v4ProxyFields } from './network.ts';
import { V4RawDeviceAttributes } from './raw-attributes.ts';
import { V4RuleAction } from './rule-action.ts';

/** The v4 event: the answer of `GET /v4/events/{event_id}`, written down from what its readers rely on. */

const optional = Type.Optional;
const share = { minimum: 0, maximum: 1 };
const text = (description: string) => Type.String({ description });
const field = (description: string) => optional(text(description));
const flag = (description: string) => optional(Type.Boolean({ description }));
const count = Type.Integer({ minimum: 0 });
const moment = (description: string) => Type.Integer({ minimum: 0, description: `${description} Unix milliseconds.` });

/** Counts over the time that ends with the event, which counts itself. */
export const V4Counts = closed({ '5_minutes': count, '1_hour': count, '24_hours': optional(count) });
export type V4Counts = Static<typeof V4Counts>;

const counts = (what: string) =>
  optional(described(`${what} in the 5 minutes, hour and day up to the event.`, V4Counts));

export const V4Velocity = closed({
  distinct_ip: counts('Different addresses of the visitor'),
  distinct_linked_id: counts('Different linked ids of the visitor'),
  distinct_country: counts('Different countries of the visitor'),
  events: counts('Events of the visitor'),
  ip_events: counts('Events from the address'),
  distinct_ip_by_linked_id: counts('Different addresses of the linked id'),
  distinct_visitor_id_by_linked_id: counts('Different visitors of the linked id'),
});
export type V4Velocity = Static<typeof V4Velocity>;

export const V4Identification = closed({
  visitor_id: Type.String({
    pattern: VISITOR_ID_PATTERN,
    description: 'The visitor that the browser was recognised as.',
  }),
  confidence: optional(
    closed({ score: Type.Number({ ...share, description: 'The chance that the visitor id is right.' }) }),
  ),
  visitor_found: Type.Boolean({ description: 'Whether the visitor was known before this event.' }),
  first_seen_at: optional(moment('The first visit in this workspace.')),
  last_seen_at: optional(moment('The visit before this one; absent for a new visitor.')),
});
export type V4Identification = Static<typeof V4Identification>;

const browserDetails = closed({
  browser_name: Type.String(),
  browser_major_version: Type.String(),
  browser_full_version: Type.String(),
  os: Type.String(),
  os_version: Type.String(),
  device: Type.String(),
});

const proximity = closed({
  id: text('The zone.'),
  precision_radius: Type.Unsafe<number>({
    type: 'integer',
    enum: [10, 25, 65, 175, 450, 1200, 3300, 8500, 22500],
    description: 'Radius of the zone in metres.',
  }),
  confidence: Type.Number({ ...share, description: 'The chance that the device is within the zone.' }),
});

export const V4Event = closed({
  event_id: Type.String({ pattern: REQUEST_ID_PATTERN, description: 'The id of the event.' }),
  timestamp: moment('The time of the event, as its id says it.'),
  source: optional(
    described(
      '`device`: a client observed itself. `edge`: a server asked about a request that it had received.',
      oneOf('device', 'edge'),
    ),
  ),
  linked_id: field('The id that the client or an update gave.'),
  environment_id: optional(
    Type.String({ pattern: ENVIRONMENT_ID_PATTERN, description: 'The environment whose public key was used.' }),
  ),
  suspect: flag('As an update marked the event; absent where none did.'),
  sdk: optional(Sdk),
  replayed: flag('Whether the observation was a copy of an earlier one.'),
  identification: optional(V4Identification),
  tags: optional(described('What the client or an update gave; empty where nothing was.', JsonObjectValue)),
  url: field("The page's address. Browsers."),
  ip_address: field("The client's address."),
  user_agent: field('The `User-Agent` header.'),
  device: field("The device's model, or `Other`."),
  os: field('Operating system.'),
  os_version: field('Version of the operating system.'),
  client_referrer: field(
    'The address that led to the page, without query and fragment; empty where none did. Browsers.',
  ),
  browser_details: optional(described('Browser and system. Empty where not known. Browsers.', browserDetails)),
  proximity: optional(described('A zone that the device is in, where it shared its place.', proximity)),
  bot: optional(
    described('Whether the visitor is a program, and of which sort. Browsers.', oneOf('bad', 'good', 'not_detected')),
  ),
  bot_type: field('The tool that a bot was found to be. Browsers.'),
  bot_info: optional(described('Which bot it is, where that is known. Browsers and edge.', V4BotInfo)),
  cloned_app: flag('Whether the app is a clone. Android.'),
  developer_tools: flag('Whether developer tools are open.'),
  emulator: flag('Whether the device is emulated. Android.'),
  factory_reset_timestamp: optional(moment('When the device was last reset; 0 where not known. Android and iOS.')),
  frida: flag('Whether Frida is at work. Android and iOS.'),
  ip_blocklist: optional(
    closed({
      email_spam: flag('Whether the address is on a list of senders of spam.'),
      attack_source: flag('Whether the address is on a list of attackers.'),
      tor_node: flag('Whether the address is an exit of the Tor network.'),
    }),
  ),
  ip_info: optional(described('What is known of the address.', V4IpInfo)),
  ...v4ProxyFields,
  incognito: flag('Whether the window is private. Browsers.'),
  jailbroken: flag('Whether the device is jailbroken. iOS.'),
  location_spoofing: flag('Whether the device pretends to be elsewhere. Android and iOS.'),
  mitm_attack: flag('Whether somebody read the connection to the server. Android and iOS.'),
  privacy_settings: flag('Whether the browser resists being recognised. Browsers.'),
  root_apps: flag('Whether apps for root access are installed. Android.'),
  rule_action: optional(V4RuleAction),
  simulator: flag('Whether the app runs in the simulator of iOS. iOS.'),
  suspect_score: optional(Type.Integer({ minimum: 0, description: 'The sum of what speaks against the visit.' })),
  tampering: flag('Whether the browser contradicts itself.'),
  tampering_confidence: optional(ConfidenceLevel),
  tampering_details: optional(
    closed({
      anomaly_score: optional(Type.Number({ ...share, description: 'The chance that one contradiction is real.' })),
      anti_detect_browser: flag('Whether several rules on anti-detect browsers hold.'),
    }),
  ),
  velocity: optional(described('What was seen shortly before. Absent: nothing to count by.', V4Velocity)),
  virtual_machine: flag('Whether the browser runs in a virtual machine. Browsers.'),
  vpn: flag('Whether the visitor comes through a VPN or a relay.'),
  vpn_confidence: optional(ConfidenceLevel),
  vpn_origin_timezone: field("The time zone of the browser's clock."),
  vpn_origin_country: field('The country behind the VPN, or `unknown`.'),
  vpn_methods: optional(described('Which of the methods found a VPN.', V4VpnMethods)),
  high_activity_device: flag('Whether the visitor has far more events in a day than others.'),
  rare_device: flag('Whether the configuration is rare in this workspace; absent while too few are known. Browsers.'),
  rare_device_percentile_bucket: signalDataSchemas.rareDevice.properties.percentileBucket,
  raw_device_attributes: optional(described('What the device said of itself.', V4RawDeviceAttributes)),
});
export type V4Event = Static<typeof V4Event>;

/** The body of `PATCH /v4/events/{event_id}`: what is left out stays as it is. */
export const V4EventUpdate = Type.Object(
  {
    linked_id: optional(
      Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength, description: 'Empty takes the linked id away.' }),
    ),
    tags: optional(
      described(
        'Takes the place of the tags that are there. Anything but an object is wrapped as `{"tag": …}`.',
        JsonObjectValue,
      ),
    ),
    suspect: flag('Marks the event as suspect, or as not.'),
  },
  { minProperties: 1, description: 'What is left out stays as it is; one field at least must be there.' },
);
export type V4EventUpdate = Static<typeof V4EventUpdate>;

/** The answer of `GET /v4/events`. */
export const V4SearchAnswer = closed({
  events: Type.Array(V4Event),
  pagination_key: field('Leads to the next page; absent on the last one.'),
  total_hits: optional(
    Type.Integer({ minimum: 0, description: 'Events of all pages, counted up to the number that was asked for.' }),
  ),
});
export type V4SearchAnswer = Static<typeof V4SearchAnswer>;

/** The form of every error of the v4 Server API. */
export const V4ErrorAnswer = closed({ error: closed({ code: Type.String(), message: Type.String() }) });
export type V4ErrorAnswer = Static<typeof V4ErrorAnswer>;
