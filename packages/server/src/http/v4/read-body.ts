import type { Readable } from 'node:stream';
import { PayloadTooLargeError, RequestReadTimeoutError } from './errors.ts';

/**
 * What a body may take. `bytes` as they come; `patience` in milliseconds from the first to the last of them. `announced`:
 * the bytes that the client says it will send, where it does.
 */
export type BodyLimits = { bytes: number; patience: number; announced?: number };

/**
 * Reads a body whole. Rejects with the v4 errors for one that is too large, and for one that does not come in time: a
 * client that dribbles its body must not keep a request open.
 */
export const readBody = (body: Readable, { bytes, patience, announced = 0 }: BodyLimits): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // Nobody need wait for bytes that will not be taken.
    if (announced > bytes) {
      body.resume();
      reject(new PayloadTooLargeError());
      return;
    }
    const parts: Buffer[] = [];
    let size = 0;
    const take = (part: Buffer) => {
      size += part.length;
      if (size > bytes) end(() => reject(new PayloadTooLargeError()));
      else parts.push(part);
    };
    const end = (settle: () => void) => {
      clearTimeout(timer);
      body.off('data', take);
      // Whatever still comes is thrown away; the connection can be used again when all has come.
      body.resume();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new RequestReadTimeoutError())), patience);
    body.on('data', take);
    body.once('end', () => end(() => resolve(Buffer.concat(parts))));
    body.once('error', (error) => end(() => reject(error)));
  });
