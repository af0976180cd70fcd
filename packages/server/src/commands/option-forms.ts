import {
  type Feature,
  featureNames,
  KeyName,
  LONGEST_NAME,
  LONGEST_WINDOW,
  OwnerName,
  type RateLimit,
  tidyName,
  WebhookSecretValue,
} from '@whorl/contract';
import type { TString } from 'typebox';
import { Compile } from 'typebox/compile';
import { nearestName } from '../config/nearest-name.ts';
import { base64Key } from '../config/text-forms.ts';
import { readOrigin } from '../tenancy/read-origin.ts';
import { CommandError } from './command-error.ts';

/** A text by the schema of the management API, or a message that says what it must be. */
const textOf = (schema: TString, must: string): ((text: string) => string) => {
  const compiled = Compile(schema);
  return (text) => {
    if (compiled.Check(text)) return text;
    throw new CommandError(must);
  };
};

const LINE = `characters that are seen, on one line`;

const ownerName = textOf(
  OwnerName,
  `The name must have 1 to ${LONGEST_NAME} ${LINE}, not be blank, and not begin as ids do, with ws_ or ae_.`,
);
const keyName = textOf(KeyName, `The name must have at most ${LONGEST_NAME} ${LINE}.`);

/** A name of a workspace or environment, as it is kept. */
export const parseName = (text: string): string => ownerName(tidyName(text));

/** A name of a key, as it is kept. */
export const parseKeyName = (text: string): string => keyName(tidyName(text));

/** A secret of a webhook that its receiver knows already. */
export const parseWebhookSecret = textOf(
  WebhookSecretValue,
  'The secret must have 16 to 256 printable ASCII characters, without spaces.',
);

/** Origins as browsers send them. */
export const parseOrigins = (texts: string[]): string[] =>
  texts.map((text) => {
    const read = readOrigin(text);
    if (read.ok) return read.origin;
    throw new CommandError(`"${text}" ${read.problem}`);
  });

/** Names of features. */
export const parseFeatures = (texts: string[]): Feature[] =>
  texts.map((text) => {
    const feature = featureNames.find((name) => name === text);
    if (feature !== undefined) return feature;
    const nearest = nearestName(text, featureNames);
    const mend = nearest === undefined ? `There are: ${featureNames.join(', ')}` : `Did you mean ${nearest}?`;
    throw new CommandError(`There is no feature "${text}". ${mend}`);
  });

/** A rate limit as `<requests>/<seconds>`, or `off` for none. */
export const parseRateLimit = (text: string): RateLimit | null => {
  if (text === 'off') return null;
  const [, requests, seconds] = /^(\d{1,9})\/(\d{1,5})$/.exec(text) ?? [];
  const limit = { requests: Number(requests), seconds: Number(seconds) };
  if (limit.requests >= 1 && limit.seconds >= 1 && limit.seconds <= LONGEST_WINDOW) return limit;
  throw new CommandError(
    `"${text}" is not a limit; write <requests>/<seconds>, such as 100/60, with at most ${LONGEST_WINDOW} seconds, or off`,
  );
};

/** How a rate limit is shown. */
export const rateLimitText = (limit: RateLimit | null): string =>
  limit === null ? 'off' : `${limit.requests}/${limit.seconds}`;

/** A key that results are sealed with. */
export const parseSealingKey = (text: string): string => {
  const parsed = base64Key.parse(text);
  if (parsed.ok) return parsed.value;
  throw new CommandError(`The sealing key is ${parsed.problem}; ${parsed.mend}`);
};
