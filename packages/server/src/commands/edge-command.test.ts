import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../storage/sqlite/open-sqlite-store.ts';
import { sampleEdgeEvent } from '../storage/testing/sample-edge-event.ts';
import { useCommand } from '../testing/use-command.ts';

const { whorl, json, dataDir } = useCommand();

/** A workspace with three edge events: two of one address, one of them with a linked id. */
const setUp = async (): Promise<void> => {
  const { workspace } = await json<{ workspace: { id: string } }>('workspace', 'create', 'shop');
  const store = await openSqliteStore(dataDir());
  const owner = { workspaceId: workspace.id, environmentId: null };
  await store.recordEdge([
    sampleEdgeEvent({ ...owner, ip: '203.0.113.9' }),
    sampleEdgeEvent({ ...owner, ip: '203.0.113.9', linkedId: 'customer' }),
    sampleEdgeEvent({ ...owner, ip: '198.51.100.7', id: '1700000000000.abcdef', time: 1_700_000_000_000 }),
  ]);
  await store.close();
};

describe('whorl edge erase', () => {
  it('erases by linked id, address and event id, and says how many', async () => {
    await setUp();
    expect((await whorl('edge', 'erase', '--linked-id', 'customer')).out).toBe('1 edge event erased\n');
    expect(await json('edge', 'erase', '--address', '203.0.113.0/24')).toEqual({ erased: 1 });
    expect((await whorl('edge', 'erase', '--event', '1700000000000.abcdef', '--workspace', 'shop')).out).toBe(
      '1 edge event erased\n',
    );
    expect((await whorl('edge', 'erase', '--address', '198.51.100.7')).out).toBe('0 edge events erased\n');
  });

  it.each([
    [[], 'Give one of'],
    [['--address', '203.0.113.9', '--linked-id', 'customer'], 'Give one of'],
    [['--address', 'shop.example'], 'is no address and no CIDR'],
    [['--address', ''], 'is no address and no CIDR'],
    [['--linked-id', ''], 'must have 1 to 256 characters'],
    [['--linked-id', 'x'.repeat(257)], 'must have 1 to 256 characters'],
    [['--event', 'nonsense'], 'is no event id'],
    [['--event', ''], 'is no event id'],
  ])('refuses %j', async (args, reason) => {
    await setUp();
    const { err, failed } = await whorl('edge', 'erase', ...args);
    expect(failed).toBe(true);
    expect(err).toContain(reason);
  });
});
