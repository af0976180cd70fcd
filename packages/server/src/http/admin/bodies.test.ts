import { adminEndpoints, type Endpoint } from '@whorl/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage } = useManagement();

const fieldNames = ['name', 'region', 'active', 'disabledFeatures', 'rateLimits', 'identity', 'allowedOrigins'].concat([
  'sealingKey',
  'linking',
  'suspectWeights',
  'highActivityFloor',
  'bot',
  'kind',
  'environmentId',
  'perKey',
  'requests',
  '__proto__',
  'constructor',
  '',
]);

/** Values that fields may be given by mistake or malice, near to what is right and far from it. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'us',
      'public',
      'secret',
      'management',
      'shared',
      'strict',
      'vpn',
      'https://shop.example',
      '',
      '\u0000',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...fieldNames), tie('any'), { maxKeys: 4 }),
  ),
})).any;

const body = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(fc.constantFrom(...fieldNames), value, { maxKeys: 6 }).map((each) => JSON.stringify(each)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
);

const withBody = adminEndpoints.filter((endpoint: Endpoint) => endpoint.body !== undefined);

describe('whatever the body', () => {
  it.each(withBody.map(({ method, path }) => [method, path] as const))(
    '%s %s answers what is documented, never 500',
    async (method, path) => {
      const { workspace, environment } = server().first;
      const url = path
        .replace('/admin/v1', '')
        .replace('{workspaceId}', workspace.id)
        .replace('{environmentId}', environment.id);
      await fc.assert(
        fc.asyncProperty(body, async (text) => {
          const answer = await manage(method, url, { body: text });
          expect(answer.statusCode, text).toBeLessThan(500);
          // A workspace that was moved or switched off by luck goes on answering its manager.
        }),
        { numRuns: 150 },
      );
      expect((await manage('GET', `/workspaces/${workspace.id}`)).statusCode).toBe(200);
    },
  );

  it('nests as deep as it likes', async () => {
    const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await manage('POST', '/workspaces', { body: deep })).statusCode).toBe(400);
  });
});
