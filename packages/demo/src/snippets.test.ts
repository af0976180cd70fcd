import { describe, expect, it } from 'vitest';
import { snippets } from './snippets.ts';

describe('snippets', () => {
  it('asks the very server, below its path prefix, for the very event', () => {
    const [sdk, curl] = snippets('https://shop.example/whorl/', '1795368633123.aB3dE6');
    expect(sdk?.code).toContain("const whorl = 'https://shop.example/whorl/';");
    expect(sdk?.code).toContain("client.getEvent('1795368633123.aB3dE6')");
    expect(curl?.code).toContain('https://shop.example/whorl/events/1795368633123.aB3dE6');
  });

  it('never holds a secret key', () => {
    for (const { code } of snippets('http://localhost:7070/', 'x')) expect(code).toContain('WHORL_SECRET_KEY');
  });
});
