/** An answer's schema, by its name in our own OpenAPI document of the API. */
export type PinnedSchema = `v3 ${string}` | `v4 ${string}`;

/** The files of `fields/`, and the schema whose fields each shows; null for what a page gets, which no schema of ours describes. */
export const pins = {
  'v3-event': 'v3 Event',
  'v3-events': 'v3 Event',
  'v3-sealed': 'v3 Event',
  'v3-search': 'v3 SearchAnswer',
  'v3-search-page': 'v3 SearchAnswer',
  'v3-visits': 'v3 Visits',
  'v3-visits-page': 'v3 Visits',
  'v3-related': 'v3 RelatedVisitors',
  'v3-webhook': 'v3 WebhookEvent',
  'v3-webhooks': 'v3 WebhookEvent',
  'v3-error': 'v3 Error',
  'v3-visits-error': 'v3 PlainError',
  'v4-event': 'v4 Event',
  'v4-events': 'v4 Event',
  'v4-ruled-event': 'v4 Event',
  'v4-sealed': 'v4 Event',
  'v4-webhook': 'v4 Event',
  'v4-search': 'v4 SearchAnswer',
  'v4-search-page': 'v4 SearchAnswer',
  'v4-edge': 'v4 EdgeEvent',
  'v4-edge-events': 'v4 EdgeEvent',
  'v4-error': 'v4 Error',
  'v3-loader': null,
  'v3-loader-extended': null,
  'v3-loader-sealed': null,
  'v4-loader': null,
  'v4-loader-cached': null,
  'v4-loader-sealed': null,
} as const satisfies Record<string, PinnedSchema | null>;

export type PinName = keyof typeof pins;

/** Fields of our schemas that no answer shows, and why. A `*` stands for any text. */
export const neverShown: Readonly<Record<string, string>> = {
  'v3 *.confidence.revision string': 'there is one revision',
  'v3 *.confidence.comment string': 'there is nothing to add',
  'v3 *.firstSeenAt.* null': 'the first visit is always known, be it this one',
  'v3 *.products.identification.error*': 'a visit that could not be identified is no event',
  'v3 *.products.rawDeviceAttributes.error*': 'attributes are not judged: each that failed has an error of its own',
  'v4 *.proxy_details.provider string': 'no list names providers',
  'v4 *.raw_device_attributes.plugins[].mimeTypes[].description string': 'not collected',
  'v4 SearchAnswer .events[].rule_action*': 'rulesets are asked of single events',
  'v4 EdgeEvent .vpn_methods.timezone_mismatch boolean': 'needs the clock of a browser',
  'v4 EdgeEvent .vpn_methods.auxiliary_mobile boolean': 'needs a browser',
  'v4 EdgeEvent .vpn_methods.os_mismatch boolean': 'needs the system of a browser',
};
