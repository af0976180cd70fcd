import { expect, it, vi } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, json } = useCommand();

/** Somebody else deletes each webhook just after a command has found it. */
vi.mock('./find-webhook.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./find-webhook.ts')>();
  const findWebhook: typeof original.findWebhook = async (store, ...wanted) => {
    const found = await original.findWebhook(store, ...wanted);
    await store.deleteWebhook(found.workspaceId, found.id);
    return found;
  };
  return { ...original, findWebhook };
});

it.each([['change', '--off'], ['delete'], ['secret', 'add']])(
  'whorl webhook %s tells that the webhook was deleted meanwhile',
  async (...args) => {
    await whorl('workspace', 'create', 'shop');
    const { id } = await json<{ id: string }>('webhook', 'create', '--url', 'https://example.com/hook');
    const options = args.filter((each) => each.startsWith('--'));
    const words = args.filter((each) => !each.startsWith('--'));
    const { failed, out, err } = await whorl('webhook', ...words, id, ...options);
    expect([failed, out]).toEqual([true, '']);
    expect(err).toBe(`The webhook ${id} is gone.\n`);
  },
);
