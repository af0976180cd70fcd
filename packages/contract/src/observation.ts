import Type, { type Static } from 'typebox';
import type { MobileSection, MobileSectionName } from './mobile-sections.ts';
import type { SourceName, SourceValue } from './sources.ts';

/** The version of the observation's form that this build writes and reads. */
export const OBSERVATION_VERSION = 1;

/** Limits on what one visit may send. Bytes are of the UTF-8 body. */
export const OBSERVATION_LIMITS = {
  /** Bytes of the whole body. An honest visit sends 6 to 12 kB besides its tag. */
  bodyBytes: 128 * 1024,
  /** Bytes of the tag as JSON. */
  tagBytes: 16 * 1024,
  /** Characters of the linked id. */
  linkedIdLength: 256,
  /** Characters of the page's address. */
  urlLength: 4096,
} as const;

/**
 * One source's outcome on the wire. `v` the value, `e` the error's name and message, `d` the milliseconds it took, `n`
 * true where the agent rendered twice and got two results. Neither `v` nor `e`: the browser has no such attribute.
 */
export const WireComponent = Type.Object(
  {
    v: Type.Optional(Type.Unknown()),
    e: Type.Optional(Type.Tuple([Type.String({ maxLength: 64 }), Type.String({ maxLength: 256 })])),
    d: Type.Number({ minimum: 0 }),
    n: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type WireComponent = Static<typeof WireComponent>;

const Integration = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 128 })),
    version: Type.Optional(Type.String({ maxLength: 64 })),
    subintegration: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 128 })),
          version: Type.Optional(Type.String({ maxLength: 64 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** The client library that collected, and the wrappers around it. */
export const Sdk = Type.Object(
  {
    platform: Type.Union([Type.Literal('js'), Type.Literal('android'), Type.Literal('ios')]),
    version: Type.String({ maxLength: 64 }),
    integrations: Type.Optional(Type.Array(Integration, { maxItems: 16 })),
  },
  { additionalProperties: false },
);
export type Sdk = Static<typeof Sdk>;

const sources = Type.Record(Type.String({ maxLength: 64, pattern: '^[a-zA-Z][A-Za-z0-9]*$' }), WireComponent, {
  maxProperties: 128,
});

/** The envelope that the agent posts. Source values are checked one by one afterwards, so that one bad source spoils nothing else. */
export const WireObservation = Type.Object(
  {
    version: Type.Literal(OBSERVATION_VERSION),
    /** From the start answer, or from the last ingest answer. May be used once. */
    nonce: Type.String({ minLength: 16, maxLength: 128, pattern: '^[A-Za-z0-9._-]+$' }),
    url: Type.String({ maxLength: OBSERVATION_LIMITS.urlLength }),
    /** `document.referrer` without query and fragment; empty when the visitor came directly. */
    referrer: Type.Optional(Type.String({ maxLength: OBSERVATION_LIMITS.urlLength })),
    linkedId: Type.Optional(Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength })),
    /** Any JSON: a scalar or array is wrapped as `{ tag: value }` by the server. */
    tag: Type.Optional(Type.Unknown()),
    sdk: Sdk,
    /** The tokens that were found, by the place they were found in. */
    tokens: Type.Optional(
      Type.Object(
        {
          cookie: Type.Optional(Type.String({ maxLength: 512 })),
          localStorage: Type.Optional(Type.String({ maxLength: 512 })),
          indexedDB: Type.Optional(Type.String({ maxLength: 512 })),
        },
        { additionalProperties: false },
      ),
    ),
    /** Milliseconds since the page's time origin: when the agent started and when it sent. */
    timing: Type.Object({ start: Type.Number(), end: Type.Number() }, { additionalProperties: false }),
    /**
     * Any number, drawn anew for each attempt to send: devices of one model, and browsers whose clocks are coarse, can show
     * the same to the millisecond, and would be taken for copies of each other.
     */
    salt: Type.Optional(Type.Number()),
    /** Ask for the extended answer. */
    extended: Type.Optional(Type.Boolean()),
    /** The API whose form the page's own server reads: a sealed result holds the event in this form. Default v3. */
    api: Type.Optional(Type.Union([Type.Literal('v3'), Type.Literal('v4')])),
    sources,
  },
  { additionalProperties: false },
);
export type WireObservation = Static<typeof WireObservation>;

/** Sources that needed longer than the answer could wait; they belong to the event named and may come once. */
export const WireSupplement = Type.Object(
  {
    version: Type.Literal(OBSERVATION_VERSION),
    requestId: Type.String({ maxLength: 32 }),
    /** From the ingest answer: proves that the sender is the page that made the event. */
    proof: Type.String({ maxLength: 128 }),
    sources,
  },
  { additionalProperties: false },
);
export type WireSupplement = Static<typeof WireSupplement>;

/** A source's outcome after the server has checked the value. */
export type Component<T> =
  | { value: T; duration: number; noised?: true }
  | { absent: true; duration: number }
  | { error: { name: string; message: string }; duration: number };

/** Checked sources, and sections of mobile clients, by name. A name that is missing was not collected. */
export type Components = { [N in SourceName]?: Component<SourceValue<N>> } & {
  [N in MobileSectionName]?: Component<MobileSection<N>>;
};
