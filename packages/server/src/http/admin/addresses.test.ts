import { adminEndpoints, type Endpoint } from '@whorl/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage } = useManagement();

/** Texts in the place of an id, as they may stand in an address. */
const id = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.constantFrom('ws_0000000000000000', 'null', '*', "' or 1=1", 'x'.repeat(2_000)),
  )
  .map((text) => text.replaceAll(/[\ud800-\udfff]|^\.+$/g, 'x'))
  .map(encodeURIComponent);

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('limit', 'after', 'state', '__proto__', 'limit[]', ''),
      fc.oneof(
        fc.constantFrom('1', '0', '-1', '1e2', '100', '%00', '%'),
        fc.string({ maxLength: 20 }).map(encodeURIComponent),
      ),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const walked = adminEndpoints.filter(({ method }) => method !== 'DELETE');

describe('whatever the address', () => {
  it.each(walked.map(({ method, path }: Endpoint) => [method, path] as const))(
    '%s %s answers what is documented, never 500',
    async (method, path) => {
      const own = server().first.workspace.id;
      const address = fc.tuple(id, id, fc.boolean(), query).map(([one, other, mine, asked]) => {
        const filled = path
          .replace('/admin/v1', '')
          .replace('{workspaceId}', mine ? own : one)
          .replace(/\{\w+\}/, other);
        return `${filled}?${asked}`;
      });
      await fc.assert(
        fc.asyncProperty(address, async (url) => {
          const answer = await manage(method, url);
          expect(answer.statusCode, url).toBeLessThan(500);
        }),
        { numRuns: 100 },
      );
    },
  );
});
