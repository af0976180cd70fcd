import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { RulesetDraft } from '@whorl/contract';
import { RequestCannotBeParsedError, type RequestFault } from '../http/admin/errors.ts';
import { readRuleset } from '../http/admin/ruleset-body.ts';
import { CommandError } from './command-error.ts';

const contentOf = async (path: string | undefined): Promise<string> => {
  if (path === undefined || path === '-') {
    if (process.stdin.isTTY) process.stderr.write('Type the ruleset as JSON, and end with Ctrl+D.\n');
    return readAll(process.stdin);
  }
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`"${path}" cannot be read: ${(error as Error).message}`);
  }
};

const parse = (text: string, from: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${from} is not JSON: ${(error as Error).message}`);
  }
};

const faultLines = (error: RequestCannotBeParsedError): string =>
  (error.detail as RequestFault[]).map(({ field, problem }) => `  ${field || 'the ruleset'} ${problem}`).join('\n');

/** The ruleset of a file, or of standard input where the path is left out or `-`. What is wrong with it is told, line by line. */
export const readRulesetFile = async (path: string | undefined): Promise<RulesetDraft> => {
  const from = path === undefined || path === '-' ? 'The input' : `"${path}"`;
  const value = parse(await contentOf(path), from);
  try {
    return readRuleset(value);
  } catch (error) {
    if (!(error instanceof RequestCannotBeParsedError)) throw error;
    throw new CommandError(`${from} is not a ruleset that can be used:\n${faultLines(error)}\nSee docs/rules.md.`);
  }
};
