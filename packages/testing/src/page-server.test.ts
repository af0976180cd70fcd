import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageServer, startPageServer } from './page-server.ts';

let server: PageServer;
beforeAll(async () => {
  server = await startPageServer();
});
afterAll(() => server.stop());

const report = (body: string) => fetch(`${server.origin}/report`, { method: 'POST', body });

describe('startPageServer', () => {
  it('serves HTML by default', async () => {
    const answer = await fetch(server.serve('/page', '<p>hello'));
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe('<p>hello');
  });

  it('serves other types with headers of their own', async () => {
    const url = server.serve('/a.js', { body: '1', type: 'text/javascript', headers: { 'x-test': 'yes' } });
    const answer = await fetch(`${url}?query=ignored`);
    expect(answer.headers.get('content-type')).toBe('text/javascript');
    expect(answer.headers.get('x-test')).toBe('yes');
  });

  it('answers 404 for what it does not serve', async () => {
    expect((await fetch(`${server.origin}/nothing`)).status).toBe(404);
  });

  it('hands reports over in order, whether asked before or after', async () => {
    const first = server.nextReport();
    await report('{"n":1}');
    await report('{"n":2}');
    expect([await first, await server.nextReport()]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('stops waiting after the time given, and loses no later report', async () => {
    await expect(server.nextReport(30)).rejects.toThrow('no page reported within 30 ms');
    await report('{"n":3}');
    expect(await server.nextReport()).toEqual({ n: 3 });
  });

  it('refuses a report that is no JSON', async () => {
    expect((await report('{')).status).toBe(400);
  });
});
