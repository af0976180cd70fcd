const PNG_URL = 'data:image/png;base64,';
const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's data. */
const HEAD = 8;
/** The checksum after it. */
const TAIL = 4;
/** The last bytes of the pixels' data: a checksum of the pixels before they were compressed. RFC 1950, section 2.2 */
const ADLER = 4;

const uint32 = (bytes: string, at: number): number =>
  ((bytes.charCodeAt(at) << 24) |
    (bytes.charCodeAt(at + 1) << 16) |
    (bytes.charCodeAt(at + 2) << 8) |
    bytes.charCodeAt(at + 3)) >>>
  0;

/**
 * What tells one PNG's picture from another's, as a short string of bytes: length, type and checksums of each chunk that
 * makes the picture, the pixels' own checksum among them. The file has them ready; hashing its 15 kB in JavaScript costs
 * several milliseconds. Any other text comes back as it is.
 *
 * Chunks that decoders may skip are left out: Firefox adds a random `deBG` to every picture that a page reads, another
 * one in each session, so that whole files never compare equal, while the pixels are the same (seen in Firefox 153, in
 * plain and private windows). Types that begin with a capital must be read: https://www.w3.org/TR/png-3/#5Chunk-naming-conventions
 */
export const pngChecksums = (dataUrl: string): string => {
  if (!dataUrl.startsWith(PNG_URL)) return dataUrl;
  const bytes = atob(dataUrl.slice(PNG_URL.length));
  let kept = '';
  for (let at = SIGNATURE_BYTES; at + HEAD + TAIL <= bytes.length; ) {
    const head = bytes.slice(at, at + HEAD);
    const end = at + HEAD + uint32(bytes, at) + TAIL;
    if (/[A-Z]/.test(head.charAt(4))) kept += head + bytes.slice(end - TAIL - ADLER, end);
    at = end;
  }
  return kept;
};
