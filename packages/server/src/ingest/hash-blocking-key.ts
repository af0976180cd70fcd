import { createHash } from 'node:crypto';
import type { BlockingKey } from '@whorl/engine';

/** 64 bits of a text's SHA-256 as 16 hexadecimal digits, the form in which the store knows keys. */
export const hash64 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A blocking key as the store knows it. `scope`: the workspace or environment whose visitors it leads to. */
export const hashBlockingKey = (scope: string, { name, material }: BlockingKey): string =>
  hash64(`${scope}\n${name}\n${material}`);
