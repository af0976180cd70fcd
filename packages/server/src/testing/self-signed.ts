import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate for `localhost` and 127.0.0.1 that nobody vouches for, made anew for each test. Both are PEM. */
export type SelfSigned = { cert: string; key: string };

/** DER, as far as a certificate needs it (X.690). */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (millis: number) =>
  der(0x18, Buffer.from(`${new Date(millis).toISOString().replace(/[-:T]|\.\d+/g, '')}`, 'latin1'));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const ALTERNATIVE_NAMES = '551d11';
const DAY = 86_400_000;

const name = (text: string) => sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(text)))));
const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));

const certificateOf = (privateKey: KeyObject, publicKey: KeyObject): Buffer => {
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name('localhost'),
    sequence(time(now - DAY), time(now + DAY)),
    name('localhost'),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(ALTERNATIVE_NAMES), der(0x04, names)))),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  return sequence(body, ECDSA_WITH_SHA256, signature);
};

/** Makes a key and its certificate (X.509 version 3, ECDSA on P-256), good for a day around now. RFC 5280. */
export const selfSigned = (): SelfSigned => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lines = certificateOf(privateKey, publicKey).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
