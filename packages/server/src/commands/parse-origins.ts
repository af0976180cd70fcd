import { CommandError } from './command-error.ts';

/** Origins as browsers send them. An address with a path is refused rather than cut: it would allow more than it says. */
export const parseOrigins = (texts: string[]): string[] =>
  texts.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const plain = url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '');
    if (url === undefined || !plain) {
      throw new CommandError(`"${text}" is not an origin; write it as https://host or https://host:port`);
    }
    return url.origin;
  });
