import { describe, expect, it } from 'vitest';
import { readSite } from './site.ts';

const page = (content: string | null): Pick<Document, 'querySelector'> => ({
  querySelector: () => (content === null ? null : Object.assign(Object.create(null), { content })),
});

describe('readSite', () => {
  it('takes the key from the page and the address from the script’s', () => {
    expect(readSite(page('pk_1-a'), 'http://localhost:7070/demo/demo.js')).toEqual({
      base: 'http://localhost:7070/',
      publicKey: 'pk_1-a',
    });
    expect(readSite(page('k'), 'https://a.example/whorl/demo/demo.js')).toMatchObject({
      base: 'https://a.example/whorl/',
    });
  });

  it.each([[null], [''], ['__WHORL_PUBLIC_KEY__']])('refuses the page without a key: %j', (content) => {
    expect(readSite(page(content), 'http://localhost/demo/demo.js')).toMatchObject({ code: 'NoPublicKey' });
  });
});
