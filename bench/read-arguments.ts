import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './about-run.ts';

/** An option with a text behind it, and one that is there or not. */
export const text = { type: 'string' } as const;
export const flag = { type: 'boolean', default: false } as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a command line as `parseArgs` of Node does, without arguments that are no options. Throws a {@link UsageError}. */
export const readArguments = <const T extends Options>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T }>>['values'] => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
};

/** The whole number from `least` to `most` that stands behind `--name`. Throws a {@link UsageError}. */
export const wholeNumber = (name: string, given: string, least: number, most: number): number => {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not ${given}`);
};

/** The file or folder that stands behind `--name`, if it does. Throws a {@link UsageError}. */
export const place = (name: string, given: string | undefined): string | undefined => {
  if (given?.trim() === '') throw new UsageError(`--${name}: a name is missing`);
  return given;
};
