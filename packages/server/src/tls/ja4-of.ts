import { createHash } from 'node:crypto';
import { getExtensionData, isGREASE, type TlsClientHelloMessage } from 'read-tls-client-hello';

const SERVER_NAME = 0x0000;
const SIGNATURE_ALGORITHMS = 0x000d;
const PROTOCOLS = 0x0010;
const SUPPORTED_VERSIONS = 0x002b;

const versions = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
  [0x0002, 's2'],
]);

const hex = (id: number): string => id.toString(16).padStart(4, '0');
const hash = (text: string): string =>
  text === '' ? '000000000000' : createHash('sha256').update(text).digest('hex').slice(0, 12);
const count = (ids: readonly number[]): string => String(Math.min(ids.length, 99)).padStart(2, '0');

/** The first and the last character, or of their bytes the first and the last digit where they are no letters or digits. */
const endsOf = (protocol: string | undefined): string => {
  if (protocol === undefined || protocol === '') return '00';
  const ends = `${protocol.charAt(0)}${protocol.charAt(protocol.length - 1)}`;
  if (/^[0-9a-zA-Z]{2}$/.test(ends)) return ends;
  const bytes = Buffer.from(protocol, 'latin1').toString('hex');
  return `${bytes.charAt(0)}${bytes.charAt(bytes.length - 1)}`;
};

const versionOf = (hello: TlsClientHelloMessage): string => {
  const offered = getExtensionData(hello, SUPPORTED_VERSIONS)?.versions.filter((version) => !isGREASE(version)) ?? [];
  return versions.get(offered.length > 0 ? Math.max(...offered) : hello.version) ?? '00';
};

/**
 * The JA4 fingerprint of a hello that came over TCP, by FoxIO's specification
 * (https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md, BSD 3-Clause). The library that reads the hello
 * can do it, too, but takes any hello with a list of versions for TLS 1.3, and writes counts above 99 with three digits.
 */
export const ja4Of = (hello: TlsClientHelloMessage): string => {
  const ciphers = hello.cipherSuites.filter((id) => !isGREASE(id));
  const extensions = hello.extensions.map(({ id }) => id).filter((id) => !isGREASE(id));
  const name = extensions.includes(SERVER_NAME) ? 'd' : 'i';
  const alpn = endsOf(getExtensionData(hello, PROTOCOLS)?.protocols[0]);
  const hashed = extensions.filter((id) => id !== SERVER_NAME && id !== PROTOCOLS);
  const algorithms = (getExtensionData(hello, SIGNATURE_ALGORITHMS)?.algorithms ?? []).filter((id) => !isGREASE(id));
  const sorted = (ids: readonly number[]) => ids.map(hex).sort().join(',');
  const signed = algorithms.length === 0 ? '' : `_${algorithms.map(hex).join(',')}`;
  return [
    `t${versionOf(hello)}${name}${count(ciphers)}${count(extensions)}${alpn}`,
    hash(sorted(ciphers)),
    hashed.length === 0 ? hash('') : hash(`${sorted(hashed)}${signed}`),
  ].join('_');
};
