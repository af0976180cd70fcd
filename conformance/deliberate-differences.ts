/** What this server does not make, and therefore never shows. */
const NOT_MADE = 'not made by this server; readers take it as absent';
const NOT_COLLECTED = 'not collected from browsers';
const MOBILE = 'of mobile apps alone';
const NO_MODEL = 'the score of a model that this server does not have';
const NO_NULL = 'left out where there is nothing, in place of null';
const CLOSED = 'one of a known list here, any text there';
const OF_HOSTED = 'of the hosted service alone';

/** Where this server's schemas differ from the types of an official client on purpose, and why. A `*` stands for any one name. */
export type Differences = Readonly<Record<string, string>>;

const v3Event: Differences = {
  '.products.*.error.code lacks "429 Too Many Requests", "RequestReadTimeout"': OF_HOSTED,
  '.products.identification.data.components is missing': 'superseded by rawDeviceAttributes',
  '.products.identification.data.sdk.platform is one of a list': CLOSED,
  '.products.labels is missing': NOT_MADE,
  '.products.proxy.data.details lacks null': NO_NULL,
  '.products.proxy.data.mlScore is missing': NO_MODEL,
  '.products.remoteControl is missing': NOT_MADE,
  '.products.virtualMachine.data.mlScore is missing': NO_MODEL,
  '.products.vpn.data.methods.mlPrediction is missing': NO_MODEL,
  '.products.vpn.data.mlScore is missing': NO_MODEL,
};

const v4Event: Differences = {
  '.active_call is missing': MOBILE,
  '.bot_info.category is one of a list': CLOSED,
  '.bundle_id is missing': MOBILE,
  '.identification.confidence.comment is missing': NOT_MADE,
  '.identification.confidence.version is missing': NOT_MADE,
  '.incremental_identification_status is missing': 'identification is never done in steps',
  '.labels is missing': NOT_MADE,
  '.package_name is missing': MOBILE,
  '.proxy_ml_score is missing': NO_MODEL,
  '.raw_device_attributes.battery_charging is missing': MOBILE,
  '.raw_device_attributes.battery_level is missing': MOBILE,
  '.raw_device_attributes.battery_low_power_mode is missing': MOBILE,
  '.raw_device_attributes.device_manufacturer is missing': MOBILE,
  '.raw_device_attributes.device_model is missing': MOBILE,
  '.raw_device_attributes.emoji is missing': NOT_COLLECTED,
  '.raw_device_attributes.keyboard_layout_name is missing': NOT_COLLECTED,
  '.raw_device_attributes.webgl_extensions.unsupported_extensions is missing': NOT_COLLECTED,
  '.sdk.platform lacks "unknown"': 'clients always tell it',
  '.supplementary_id_high_recall is missing': NOT_MADE,
  '.tampering_ml_score is missing': NO_MODEL,
  '.virtual_machine_ml_score is missing': NO_MODEL,
  '.vpn_methods.ml_prediction is missing': NO_MODEL,
  '.vpn_ml_score is missing': NO_MODEL,
};

const inEach = (differences: Differences): Differences =>
  Object.fromEntries(Object.entries(differences).map(([difference, reason]) => [`.events[]${difference}`, reason]));

/** By the SDK's name of a schema. */
export const v3Differences = {
  EventsGetResponse: v3Event,
  SearchEventsResponse: inEach(v3Event),
  EventsUpdateRequest: {
    '.linkedId adds null': 'null is taken like a field that is left out',
    '.suspect adds null': 'null is taken like a field that is left out',
    '.tag adds any': 'what is no object is taken, too, and wrapped',
    '.tag lacks object': 'what is no object is taken, too, and wrapped',
  },
  VisitorsGetResponse: { '.visits[].components is missing': 'superseded by rawDeviceAttributes of the event' },
  RelatedVisitorsResponse: {},
  Webhook: {
    '.components is missing': 'superseded by rawDeviceAttributes',
    '.proxy.details lacks null': NO_NULL,
    '.proxy.mlScore is missing': NO_MODEL,
    '.remoteControl is missing': NOT_MADE,
    '.sdk.platform is one of a list': CLOSED,
    '.supplementaryIds is missing': NOT_MADE,
    '.virtualMachine.mlScore is missing': NO_MODEL,
    '.vpn.methods.mlPrediction is missing': NO_MODEL,
    '.vpn.mlScore is missing': NO_MODEL,
  },
  ErrorResponse: { '.error.code lacks "429 Too Many Requests", "RequestReadTimeout"': OF_HOSTED },
  ErrorPlainResponse: {},
} as const satisfies Record<string, Differences>;

/** By the SDK's name of a schema. */
export const v4Differences = {
  Event: v4Event,
  EventSearch: inEach(v4Event),
  EventUpdate: {},
  ErrorResponse: {
    '.error.code lacks "missing_module", "public_api_key_not_found", "public_api_key_required"': OF_HOSTED,
  },
} as const satisfies Record<string, Differences>;
