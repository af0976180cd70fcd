import { Command, Option } from 'commander';
import { CommandError } from './command-error.ts';
import { workspaceOption } from './find-owner.ts';
import { findPublicKey } from './find-public-key.ts';
import { jsonOption, lines, type OutputOptions, print } from './output.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string; requiresSignature?: 'on' | 'off' };

/** `whorl key change <keyId>`: what of a public key can change while apps send with it. */
export const changeKeyCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('change')
    .argument('<keyId>', 'the id of a public key, as `whorl key list` shows it')
    .description('change a public key; without options, show it')
    .option(...workspaceOption)
    .addOption(
      new Option(
        '--requires-signature <state>',
        'on holds it against reports with this key that their app has not signed',
      ).choices(['on', 'off']),
    )
    .option(...jsonOption)
    .action((id: string, options: Options) =>
      withStore(env, async (store) => {
        const key = await findPublicKey(store, options.workspace, id);
        const state = options.requiresSignature;
        const requiresSignature = state === undefined ? key.requiresSignature : state === 'on';
        const changed = state === undefined ? key : await store.changeKey(key.workspaceId, id, { requiresSignature });
        if (changed === undefined) throw new CommandError(`The key ${id} was revoked just now.`);
        const shown = { Key: id, Name: changed.name, 'Requires signature': changed.requiresSignature ? 'on' : 'off' };
        print(options, changed, lines(shown));
      }),
    );
