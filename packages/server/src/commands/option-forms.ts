import {
  type Feature,
  featureNames,
  HIGHEST_FLOOR,
  KeyName,
  LONGEST_NAME,
  LONGEST_WINDOW,
  MOST_WEIGHT,
  OwnerName,
  type RateLimit,
  suspectFactors,
  tidyName,
  WebhookSecretValue,
  type WeightsChange,
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

const parsePoints = (text: string, points: string): number | null => {
  if (points === 'default') return null;
  if (/^\d{1,4}$/.test(points) && Number(points) <= MOST_WEIGHT) return Number(points);
  throw new CommandError(
    `"${text}" gives no points; write <factor>=<0 to ${MOST_WEIGHT}>, such as bot=10, or <factor>=default`,
  );
};

/** Points of the suspect score as `<factor>=<points>`, or `default` for those that everybody has. */
export const parseWeights = (texts: string[]): WeightsChange =>
  Object.fromEntries(
    texts.map((text) => {
      const [name = '', points = '', ...rest] = text.split('=');
      const factor = suspectFactors.find((each) => each === name);
      if (factor !== undefined) return [factor, parsePoints(text, rest.length > 0 ? '' : points)];
      const nearest = nearestName(name, suspectFactors);
      const mend = nearest === undefined ? `There are: ${suspectFactors.join(', ')}` : `Did you mean ${nearest}?`;
      throw new CommandError(`There is no factor "${name}". ${mend}`);
    }),
  );

/** Daily events of a visitor that are put up with, or `default`. */
export const parseFloor = (text: string): number | null => {
  if (text === 'default') return null;
  if (/^[1-9]\d*$/.test(text) && Number(text) <= HIGHEST_FLOOR) return Number(text);
  throw new CommandError(`"${text}" is no number of events; write 1 to ${HIGHEST_FLOOR}, or default`);
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
