import { REQUEST_ID_PATTERN } from '@whorl/contract';
import { canonicalNetwork } from '@whorl/engine';
import { Command } from 'commander';
import type { EdgeErasure } from '../storage/store.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace, workspaceOption } from './find-owner.ts';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string; address?: string; linkedId?: string; event?: string };

const EVENT_ID = new RegExp(REQUEST_ID_PATTERN);

const byAddress = (address: string): EdgeErasure => {
  const network = canonicalNetwork(address);
  if (network !== undefined) return { network };
  throw new CommandError(`"${address}" is no address and no CIDR, such as 203.0.113.9 or 2001:db8:1:2::/64.`);
};

const byEvent = (id: string): EdgeErasure => {
  if (EVENT_ID.test(id)) return { id };
  throw new CommandError(`"${id}" is no event id: 13 digits, a dot, and 6 letters or digits.`);
};

const erasureOf = ({ address, linkedId, event }: Options): EdgeErasure => {
  const [erasure, ...more] = [
    ...(address === undefined ? [] : [byAddress(address)]),
    ...(linkedId === undefined ? [] : [{ linkedId }]),
    ...(event === undefined ? [] : [byEvent(event)]),
  ];
  if (erasure === undefined || more.length > 0) {
    throw new CommandError('Give one of --address, --linked-id and --event.');
  }
  return erasure;
};

const erase = (env: NodeJS.ProcessEnv): Command =>
  new Command('erase')
    .description('erase edge events for good; visits are not touched')
    .option('--address <address or CIDR>', 'all events of clients with this address, or with one in this network')
    .option('--linked-id <id>', 'all events with this linked id')
    .option('--event <id>', 'the event of this id')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Options) =>
      withStore(env, async (store) => {
        const erasure = erasureOf(options);
        const { id } = await findWorkspace(store, options.workspace);
        const erased = await store.eraseEdge(id, erasure);
        print(options, { erased }, `${erased} edge event${erased === 1 ? '' : 's'} erased\n`);
      }),
    );

/** `whorl edge …`: requests that were judged at the edge. */
export const edgeCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('edge').description('Erase requests that were judged at the edge').addCommand(erase(env));
