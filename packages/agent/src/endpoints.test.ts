import { describe, expect, it } from 'vitest';
import { endpointOfScript, resolveEndpoints, workerUrlFor } from './endpoints.ts';

const PAGE = 'https://shop.example/cart';

describe('the endpoint of a script', () => {
  it.each([
    ['https://id.example/v3/key', 'https://id.example'],
    ['https://id.example/v3/key/loader_v3.12.15.js', 'https://id.example'],
    ['https://id.example/web/v4/key?ci=jsl/4.1.5', 'https://id.example'],
    ['https://id.example/v4/key', 'https://id.example'],
    ['https://shop.example/behind/a/proxy/v3/key/loader_v3.js', 'https://shop.example/behind/a/proxy'],
    ['https://shop.example/v3/v3/v3', 'https://shop.example/v3'],
    ['https://shop.example/web/v4/v4', 'https://shop.example'],
    ['https://shop.example/v3/v4/loader_v3.js', 'https://shop.example'],
  ])('%s is %s', (script, endpoint) => expect(endpointOfScript(script)).toBe(endpoint));

  it('is not known for an address that is not ours', () => {
    expect(endpointOfScript('https://cdn.example/bundle.js')).toBeUndefined();
    expect(endpointOfScript(undefined)).toBeUndefined();
  });
});

describe('resolving endpoints', () => {
  const script = 'https://id.example/v3/key';

  it('falls back to where the script came from', () => {
    expect(resolveEndpoints(undefined, script, PAGE)).toEqual(['https://id.example']);
  });

  it('takes an address, without its last slash', () => {
    expect(resolveEndpoints('https://a.example/x/', script, PAGE)).toEqual(['https://a.example/x']);
  });

  it('takes a path on the page’s own site', () => {
    expect(resolveEndpoints('/whorl', script, PAGE)).toEqual(['https://shop.example/whorl']);
  });

  it('takes a list in its order, and puts the script’s server for the loader’s mark', () => {
    const list = ['https://a.example', { default: 'endpoint' }];
    expect(resolveEndpoints(list, script, PAGE)).toEqual(['https://a.example', 'https://id.example']);
  });

  it.each([['not a url'], [''], ['ftp://a.example'], [['https://a.example', 'nonsense']], [[]]])(
    'refuses %j',
    (option) => expect(resolveEndpoints(option, script, PAGE)).toBeUndefined(),
  );

  it('refuses the default where there is none', () => {
    expect(resolveEndpoints(undefined, undefined, PAGE)).toBeUndefined();
  });
});

describe('the worker’s address', () => {
  it('is the server’s where the page has the same origin', () => {
    expect(workerUrlFor('https://shop.example/whorl', 'https://shop.example')).toBe(
      'https://shop.example/whorl/agent/worker.js',
    );
  });

  it('is none elsewhere', () => expect(workerUrlFor('https://id.example', 'https://shop.example')).toBeUndefined());
});
