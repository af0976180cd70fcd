import { type Logger, pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loggerOptions } from './logger-options.ts';

/** The entries that a logger of these options writes. */
const logged = (level: Parameters<typeof loggerOptions>[0], write: (log: Logger) => void) => {
  const lines: string[] = [];
  write(pino(loggerOptions(level), { write: (line: string) => lines.push(line) }));
  return lines;
};

describe('loggerOptions', () => {
  it('writes JSON with a named level and an ISO time', () => {
    const [line] = logged('info', (log) => log.info('hello'));
    expect(JSON.parse(line ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      msg: 'hello',
    });
  });

  it('leaves out what is less grave than the level', () => {
    expect(logged('warn', (log) => log.info('hello'))).toEqual([]);
    expect(logged('silent', (log) => log.fatal('hello'))).toEqual([]);
  });

  it.each([
    { headers: { authorization: 'Bearer hunter22' } },
    { headers: { 'auth-api-key': 'hunter22' } },
    { req: { headers: { cookie: 'whorl_t=hunter22' } } },
    { res: { headers: { 'set-cookie': 'whorl_t=hunter22' } } },
    { res: { headers: { 'set-cookie': ['whorl_t=hunter22'] } } },
    { query: { api_key: 'hunter22' } },
    { api_key: 'hunter22' },
    { 'auth-api-key': 'hunter22' },
    { settings: { secretKey: 'hunter22', publicKey: 'hunter22' } },
    { observation: { tokens: { cookie: 'hunter22' } } },
    { err: { request: { authorization: 'hunter22' } } },
  ])('hides the secret of %j', (entry) => {
    expect(logged('info', (log) => log.info(entry)).join()).not.toMatch('hunter22');
  });

  it('shows a request by its route, without query string, headers, address and body', () => {
    const req = {
      id: 'req-1',
      method: 'GET',
      url: '/events/1700000000000.abcdef?api_key=hunter22',
      ip: '192.0.2.1',
      headers: { host: 'hunter22' },
      body: 'hunter22',
    };
    const [known, stranger] = logged('info', (log) => {
      log.info({ req: { ...req, routeOptions: { url: '/events/:requestId' } } });
      log.info({ req });
    });
    expect(JSON.parse(known ?? '').req).toEqual({ id: 'req-1', method: 'GET', route: '/events/:requestId' });
    expect(JSON.parse(stranger ?? '').req).toEqual({
      id: 'req-1',
      method: 'GET',
      route: '/events/1700000000000.abcdef',
    });
  });

  it('shows of an answer only the status', () => {
    const [line] = logged('info', (log) => log.info({ res: { statusCode: 200, headers: { a: 'hunter22' } } }));
    expect(JSON.parse(line ?? '').res).toEqual({ statusCode: 200 });
  });
});
