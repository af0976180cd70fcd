import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TlsFilesError } from './tls-files-error.ts';

/** Where the certificate and its key are. Absolute paths of PEM files. */
export type TlsPaths = { cert: string; key: string };

/** A certificate with those that vouch for it, and its key, both as PEM. */
export type TlsFiles = { cert: string; key: string };

const because = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const read = async (setting: string, path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new TlsFilesError(`${setting}: ${because(cause)}. Give a PEM file that the server may read.`, { cause });
  }
};

/** What `make` makes of a file's text; a failure names the setting, and never what the file holds. */
const parsed = <T>(setting: string, path: string, what: string, make: () => T): T => {
  try {
    return make();
  } catch (cause) {
    throw new TlsFilesError(`${setting}: ${path} holds no ${what} that can be read. Give a PEM file.`, { cause });
  }
};

/**
 * Reads the server's certificate and key, and checks that they belong together. Rejects with TlsFilesError. Whether the
 * certificate is still good is the browsers' to judge: one that has run out must not keep a server from starting.
 */
export const readTlsFiles = async ({ cert: certPath, key: keyPath }: TlsPaths): Promise<TlsFiles> => {
  const cert = await read('WHORL_TLS_CERT', certPath);
  const key = await read('WHORL_TLS_KEY', keyPath);
  const certificate = parsed('WHORL_TLS_CERT', certPath, 'certificate', () => new X509Certificate(cert));
  const privateKey = parsed('WHORL_TLS_KEY', keyPath, 'private key without a passphrase', () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new TlsFilesError(
      `WHORL_TLS_KEY: the key in ${keyPath} is not that of the first certificate in ${certPath}. Give the two files of one certificate.`,
    );
  }
  return { cert, key };
};
