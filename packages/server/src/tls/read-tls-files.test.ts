import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../testing/self-signed.ts';
import { readTlsFiles } from './read-tls-files.ts';
import { TlsFilesError } from './tls-files-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const own = selfSigned();
const cert = put('cert.pem', own.cert);
const key = put('key.pem', own.key);

describe('readTlsFiles', () => {
  it('reads a certificate and its key', async () => {
    expect(await readTlsFiles({ cert, key })).toEqual(own);
  });

  it.each([
    ['a file that is not there', { cert: join(folder, 'none.pem'), key }, /^WHORL_TLS_CERT: .*ENOENT/],
    ['a key that is no key', { cert, key: put('text.pem', 'secret-text') }, /^WHORL_TLS_KEY: .* holds no private key/],
    ['a certificate that is none', { cert: key, key }, /^WHORL_TLS_CERT: .* holds no certificate/],
    ['an empty file', { cert: put('empty.pem', ''), key }, /^WHORL_TLS_CERT: .* holds no certificate/],
    ['a key of another certificate', { cert, key: put('other.pem', selfSigned().key) }, /is not that of the first/],
  ])('refuses %s, and says what to do', async (_, paths, message) => {
    const failure = await readTlsFiles(paths).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TlsFilesError);
    expect(String(failure)).toMatch(new RegExp(message.source.replace('^', '^TlsFilesError: ')));
    expect(String(failure)).not.toContain('secret-text');
  });
});
