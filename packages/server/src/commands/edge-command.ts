import { EdgeEraseRequest, OBSERVATION_LIMITS } from '@whorl/contract';
import { canonicalNetwork } from '@whorl/engine';
import { Command } from 'commander';
import { Compile } from 'typebox/compile';
import type { EdgeErasure } from '../storage/store.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace, workspaceOption } from './find-owner.ts';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string; address?: string; linkedId?: string; event?: string };

const isRequest = Compile(EdgeEraseRequest);

/** What each option must be, where the management API would refuse it. */
const refusal = ({ address, linkedId, event }: Options): CommandError => {
  if (address !== undefined) {
    return new CommandError(`"${address}" is no address and no CIDR, such as 203.0.113.9 or 2001:db8:1:2::/64.`);
  }
  if (linkedId !== undefined) {
    return new CommandError(`The linked id must have 1 to ${OBSERVATION_LIMITS.linkedIdLength} characters.`);
  }
  return new CommandError(`"${event}" is no event id: 13 digits, a dot, and 6 letters or digits.`);
};

/** What the options ask for, by the schema of the management API. */
const erasureOf = (options: Options): EdgeErasure => {
  const { address, linkedId, event } = options;
  if ([address, linkedId, event].filter((each) => each !== undefined).length !== 1) {
    throw new CommandError('Give one of --address, --linked-id and --event.');
  }
  const request = {
    ...(address === undefined ? {} : { ipAddress: address }),
    ...(linkedId === undefined ? {} : { linkedId }),
    ...(event === undefined ? {} : { eventId: event }),
  };
  if (!isRequest.Check(request)) throw refusal(options);
  if (request.eventId !== undefined) return { id: request.eventId };
  if (request.linkedId !== undefined) return { linkedId: request.linkedId };
  const network = canonicalNetwork(request.ipAddress ?? '');
  if (network === undefined) throw refusal(options);
  return { network };
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
