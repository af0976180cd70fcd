import {
  type Feature,
  featureNames,
  LONGEST_NAME,
  LONGEST_WINDOW,
  OWNER_NAME_PATTERN,
  type RateLimit,
} from '@whorl/contract';
import { nearestName } from '../config/nearest-name.ts';
import { base64Key } from '../config/text-forms.ts';
import { readOrigin } from '../tenancy/read-origin.ts';
import { CommandError } from './command-error.ts';

const NAME = new RegExp(OWNER_NAME_PATTERN);

/** A name of a workspace or environment. */
export const parseName = (text: string): string => {
  if (NAME.test(text) && text.length <= LONGEST_NAME) return text;
  throw new CommandError(
    `The name must be one line of 1 to ${LONGEST_NAME} characters, not blank, and not begin as ids do, with ws_ or ae_.`,
  );
};

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
