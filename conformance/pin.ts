import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { expect } from 'vitest';
import { fieldPaths, fieldPathsOfEach } from './field-paths.ts';
import type { PinName } from './pins.ts';

export const PIN_FOLDER = join(REPOSITORY, 'conformance/fields');

export const pinFile = (name: PinName): string => join(PIN_FOLDER, `${name}.txt`);

const isUpdating = process.env.WHORL_TEST_UPDATE_PINS !== undefined;

/** Fails unless the file has exactly this text. Writes it where that is asked for, and never otherwise. */
export const expectPinned = (path: string, text: string, update = isUpdating): void => {
  if (update) writeFileSync(path, text);
  if (!existsSync(path)) throw new Error(`there is no ${path}: WHORL_TEST_UPDATE_PINS=1 writes it`);
  expect(text).toBe(readFileSync(path, 'utf8'));
};

/** Fails unless the fields of an answer, and their types, are those that the pin of this name tells of. */
export const pin = (name: PinName, answer: unknown): void => expectPinned(pinFile(name), fieldPaths(answer));

/** The same of several answers of one kind, by their names: each must have its own fields. */
export const pinEach = (name: PinName, answers: Readonly<Record<string, unknown>>): void =>
  expectPinned(pinFile(name), fieldPathsOfEach(answers));
