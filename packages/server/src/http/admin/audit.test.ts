import { Writable } from 'node:stream';
import fastify from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loggerOptions } from '../../telemetry/logger-options.ts';
import { useTestServer } from '../../testing/use-test-server.ts';
import { RateLimits } from '../server-api/rate-limits.ts';
import { adminRoutes } from './admin-routes.ts';

const { server } = useTestServer();

describe('the log of changes', () => {
  it('tells who changed what, and no secret', async () => {
    const written: string[] = [];
    const stream = new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    });
    const app = fastify({ loggerInstance: pino(loggerOptions('info'), stream) });
    const parts = {
      store: server().store,
      region: 'us',
      managementKey: 'managementKey',
      limiter: new RateLimits(),
    } as const;
    await app.register(adminRoutes(parts, []), { prefix: '/admin/v1' });
    const { workspace, environment } = server().first;
    const send = async (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH',
      path: string,
      payload?: object,
      key = 'managementKey',
    ) =>
      (
        await app.inject({
          method,
          url: `/admin/v1/workspaces/${workspace.id}${path}`,
          ...(payload === undefined ? {} : { payload }),
          headers: { authorization: `Bearer ${key}` },
        })
      ).json<Record<string, string>>();

    const made = await send('POST', '/keys', { kind: 'management' });
    await send('PATCH', '', { name: 'renamed', active: true });
    await send('PATCH', '', { identity: 'separate' }, made.text);
    const sealed = await send('PUT', `/environments/${environment.id}/sealing-key`, {}, made.text);
    const page = await send('POST', '/keys', { kind: 'public', environmentId: environment.id }, made.text);
    await send('PATCH', `/keys/${page.id}`, { requiresSignature: true }, made.text);
    const { signingKey } = await send('GET', `/keys/${page.id}/signing-key`, undefined, made.text);
    expect(signingKey).toHaveLength(43);
    await app.close();

    const entries = written.map((line) => JSON.parse(line) as { audit?: object }).flatMap(({ audit }) => audit ?? []);
    expect(entries).toEqual([
      { by: 'server', action: 'key.create', workspaceId: workspace.id, target: made.id },
      {
        by: 'server',
        action: 'workspace.change',
        workspaceId: workspace.id,
        target: workspace.id,
        fields: ['name', 'active'],
      },
      {
        by: made.id,
        action: 'workspace.change',
        workspaceId: workspace.id,
        target: workspace.id,
        fields: ['identity'],
      },
      { by: made.id, action: 'environment.seal', workspaceId: workspace.id, target: environment.id },
      { by: made.id, action: 'key.create', workspaceId: workspace.id, target: page.id },
      {
        by: made.id,
        action: 'key.change',
        workspaceId: workspace.id,
        target: page.id,
        fields: ['requiresSignature'],
      },
      { by: made.id, action: 'key.readSigning', workspaceId: workspace.id, target: page.id },
    ]);
    const log = written.join('');
    for (const secret of [made.text, page.text, sealed.sealingKey, signingKey, 'managementKey', 'renamed'])
      expect(log).not.toContain(secret);
  });
});
