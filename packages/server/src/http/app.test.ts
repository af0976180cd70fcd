import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../testing/use-test-server.ts';

const { server, send, visit } = useTestServer();

describe('the other addresses', () => {
  it('serves the agent with the key written in, to any origin', async () => {
    for (const path of ['/v3/KEY/loader_v3.12.15.js', '/v3/KEY', '/web/v4/KEY?ci=jsl/4.1.5', '/v4/KEY']) {
      const answer = await server().app.inject({ url: path.replace('KEY', server().publicKey) });
      expect(answer.statusCode, path).toBe(200);
      expect(answer.headers['content-type']).toContain('text/javascript');
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.body).toContain(`'${server().publicKey}'`);
      const again = await server().app.inject({
        url: path.replace('KEY', server().publicKey),
        headers: { 'if-none-match': String(answer.headers.etag) },
      });
      expect(again.statusCode).toBe(304);
    }
  });

  it('sends the agent compressed to whom can read it', async () => {
    const url = `/v3/${server().publicKey}`;
    const plain = await server().app.inject({ url });
    const zipped = await server().app.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(plain.body);
  });

  it('writes no key into the script that could be code', async () => {
    const answer = await server().app.inject({ url: `/v3/${encodeURIComponent("';alert(1)//")}` });
    expect(answer.body).not.toContain('alert');
  });

  it('takes visits of the demo page whatever origins the environment is meant for', async () => {
    const { workspace, environment, demoKey } = server().first;
    await server().store.changeEnvironment(workspace.id, environment.id, () => ({
      allowedOrigins: ['https://shop.example'],
    }));
    try {
      const own = { host: 'whorl.example', origin: 'http://whorl.example' };
      expect((await send({ key: demoKey, headers: own })).statusCode).toBe(200);
      expect((await send({ key: server().publicKey, headers: own })).statusCode).toBe(403);
    } finally {
      await server().store.changeEnvironment(workspace.id, environment.id, () => ({ allowedOrigins: [] }));
    }
  });

  it('shows a visit on the demo page to whoever made it', async () => {
    const { requestId, proof } = await visit({ key: server().first.demoKey });
    const shown = await server().app.inject({ url: `/demo/events/${requestId}?proof=${proof}` });
    expect(shown.json()).toHaveProperty('v3.products.identification');
    expect((await server().app.inject({ url: `/demo/events/${requestId}?proof=nonsense` })).statusCode).toBe(404);
    expect((await server().app.inject({ url: `/demo/events/${requestId}` })).statusCode).toBe(404);
    const elsewhere = await visit();
    const closed = await server().app.inject({ url: `/demo/events/${elsewhere.requestId}?proof=${elsewhere.proof}` });
    expect(closed.statusCode).toBe(404);
    const page = await server().app.inject({ url: '/demo' });
    expect(page.body).toContain(server().first.demoKey);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('drops the token cookies for the demo page, and no others', async () => {
    const cookie = 'a=b; whorl_t_0123456789abcdef=w1.x; whorl_t_0123456789abcdee=w1.y; whorl_token_1=z';
    const answer = await server().app.inject({ method: 'POST', url: '/demo/forget', headers: { cookie } });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toEqual([
      'whorl_t_0123456789abcdef=; Path=/; Max-Age=0; HttpOnly',
      'whorl_t_0123456789abcdee=; Path=/; Max-Age=0; HttpOnly',
    ]);
  });

  it('says that it lives and is ready, and counts what it did', async () => {
    expect((await server().app.inject({ url: '/livez' })).statusCode).toBe(200);
    expect((await server().app.inject({ url: '/readyz' })).json()).toMatchObject({ status: 'ready' });
    expect((await server().app.inject({ url: '/metrics' })).body).toMatch(/whorl_events_total \d+/);
  });

  it('answers what is not there with JSON', async () => {
    const answer = await server().app.inject({ url: '/nowhere' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toHaveProperty('error.code');
  });

  it('allows a preflight', async () => {
    const answer = await server().app.inject({
      method: 'OPTIONS',
      url: `/ingest/v1/${server().publicKey}`,
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });
});
