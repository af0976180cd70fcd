import { describe, expect, it } from 'vitest';
import { LONGEST_TARGET, readTarget } from './webhook-target.ts';

describe('readTarget', () => {
  it.each([
    'https://example.com/hook',
    'http://example.com:8080/hook?a=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
    'https://localhost.example/',
  ])('takes %s', (text) => {
    expect(readTarget(text, false)).toEqual({ ok: true, url: new URL(text) });
  });

  it.each([
    ['ftp://example.com/', 'must begin with'],
    ['file:///etc/passwd', 'must begin with'],
    ['javascript:alert(1)', 'must begin with'],
    ['example.com/hook', 'is not an absolute address'],
    ['', 'is not an absolute address'],
    ['https://', 'is not an absolute address'],
    ['https://user@example.com/', 'must not hold a user'],
    ['https://:secret@example.com/', 'must not hold a user'],
    ['http://127.0.0.1:7070/', 'no public address'],
    ['http://127.1/', 'no public address'],
    ['http://2130706433/', 'no public address'],
    ['http://0x7f000001/', 'no public address'],
    ['http://0177.0.0.1/', 'no public address'],
    ['http://%31%32%37.0.0.1/', 'no public address'],
    ['http://１２７.0.0.1/', 'no public address'],
    ['http://127.0.0.1./', 'no public address'],
    ['http://169.254.169.254/latest/meta-data/', 'no public address'],
    ['http://[::1]/', 'no public address'],
    ['http://[::ffff:127.0.0.1]/', 'no public address'],
    ['http://[64:ff9b::7f00:1]/', 'no public address'],
    ['https://example.com/hook#part', 'must not have a fragment'],
    ['https://example.com/hook#', 'must not have a fragment'],
    ['https://example.com/\ud800', 'half of a surrogate pair'],
    [`https://example.com/${'é'.repeat(LONGEST_TARGET / 4)}`, 'characters'],
    [`https://example.com/${'a'.repeat(LONGEST_TARGET)}`, 'characters'],
  ])('refuses %s', (text, problem) => {
    expect(readTarget(text, false)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('reads an address as the URL standard writes it', () => {
    const read = readTarget(' HTTPS://B\u00fccher.Example:443/a\n/../hook ', false);
    expect(read.ok && read.url.href).toBe('https://xn--bcher-kva.example/hook');
  });

  it('takes private addresses where they are allowed, and still no credentials', () => {
    expect(readTarget('http://127.0.0.1:7070/', true).ok).toBe(true);
    expect(readTarget('http://user@127.0.0.1:7070/', true).ok).toBe(false);
  });
});
