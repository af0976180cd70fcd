import { text } from 'node:stream/consumers';

/** All that comes on standard input, without the blanks and line breaks around it. */
export const readStandardInput = async (): Promise<string> => (await text(process.stdin)).trim();
