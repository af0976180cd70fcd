import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../testing/use-test-server.ts';

const { server } = useTestServer();

const get = (url: string, headers: Record<string, string> = {}) => server().app.inject({ method: 'GET', url, headers });

describe('/docs', () => {
  it('leads to the page of the newest API', async () => {
    const answer = await get('/docs');
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe('/docs/v4');
  });

  it.each([
    ['v3', 'Server API v3'],
    ['v4', 'Server API v4'],
    ['management', 'Management API'],
  ])('shows %s on a page of its own, with links to the others', async (api, title) => {
    const { body, headers } = await get(`/docs/${api}`);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(`<title>${title} · Whorl</title>`);
    expect(body).toContain(`<a href="/docs/${api}" aria-current="page">${title}</a>`);
    for (const other of ['v3', 'v4', 'management']) expect(body).toContain(`<a href="/docs/${other}"`);
    const { info } = (await get(`/docs/openapi/${api}.json`)).json<{ info: { title: string } }>();
    expect(info.title.toLowerCase()).toContain(title.toLowerCase());
  });

  it('loads nothing but what it serves itself', async () => {
    const { body } = await get('/docs/v4');
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    for (const address of addresses.filter((each) => !/^(?:#|data:)/.test(each))) {
      expect(address).toMatch(/^\/docs\//);
      expect((await get(address)).statusCode, address).toBe(200);
    }
  });

  it('allows scripts, styles and connections of this server alone, on every answer', async () => {
    for (const url of ['/docs', '/docs/v4', '/docs/openapi/v4.json', '/docs/swagger-ui-bundle.js']) {
      const { headers } = await get(url);
      const policy = String(headers['content-security-policy']);
      for (const part of ["default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self';"]) {
        expect(policy, url).toContain(part);
      }
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('sends compressed files to those who take them, and nothing to those who have them', async () => {
    const plain = await get('/docs/swagger-ui.css');
    const zipped = await get('/docs/swagger-ui.css', { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).equals(plain.rawPayload)).toBe(true);
    const again = await get('/docs/swagger-ui.css', { 'if-none-match': String(plain.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it("sends the library's licence along", async () => {
    expect((await get('/docs/NOTICE.txt')).body).toMatch(/swagger-ui\nCopyright[\s\S]*Apache License/);
  });
});
