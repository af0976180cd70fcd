/** The parts of a JA4 fingerprint of a TLS ClientHello. */
export type Ja4 = {
  /** TLS over TCP, QUIC, or DTLS. */
  protocol: 'tcp' | 'quic' | 'dtls';
  /** Highest version offered: `13`, `12`, `11`, `10`, `s3`, `s2`, `d1` to `d3`, or `00` for another. */
  version: string;
  /** Whether the hello names the server. */
  namesServer: boolean;
  /** How many ciphers and extensions are offered, those that mean nothing (GREASE) left out; 99 stands for more. */
  ciphers: number;
  extensions: number;
  /** First and last character of the first application protocol: `h2`, `h1`, `h3`; `00` where none is offered. */
  protocolOffered: string;
  /** Truncated hash of the sorted ciphers. */
  cipherHash: string;
  /** Truncated hash of the sorted extensions and the signature algorithms. */
  extensionHash: string;
};

const FORM =
  /^(?<protocol>[tqd])(?<version>1[0-3]|s[23]|d[1-3]|00)(?<sni>[di])(?<ciphers>\d\d)(?<extensions>\d\d)(?<alpn>[0-9a-zA-Z]{2})_(?<cipherHash>[0-9a-f]{12})_(?<extensionHash>[0-9a-f]{12})$/;

const protocols = { t: 'tcp', q: 'quic', d: 'dtls' } as const;

/**
 * What of a hello is the browser's own and the same in each of its connections over one transport. The extensions are not: a connection that is
 * resumed or tried again has others, and so has one to an address without a name.
 */
export const steadyPart = ({ protocol, version, ciphers, protocolOffered, cipherHash }: Ja4): string =>
  [protocol, version, ciphers, protocolOffered, cipherHash].join(' ');

/**
 * Reads a JA4 fingerprint, as FoxIO specifies it (https://github.com/FoxIO-LLC/ja4, BSD 3-Clause). Undefined where the
 * text departs from the form in anything, its case included.
 */
export const readJa4 = (text: string): Ja4 | undefined => {
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const {
    protocol = '',
    version = '',
    sni,
    ciphers,
    extensions,
    alpn = '',
    cipherHash = '',
    extensionHash = '',
  } = parts;
  return {
    protocol: protocols[protocol as keyof typeof protocols],
    version,
    namesServer: sni === 'd',
    ciphers: Number(ciphers),
    extensions: Number(extensions),
    protocolOffered: alpn,
    cipherHash,
    extensionHash,
  };
};
