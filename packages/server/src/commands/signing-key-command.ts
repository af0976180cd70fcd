import { Command } from 'commander';
import { signingKeyOf } from '../keys/app-signature.ts';
import { workspaceOption } from './find-owner.ts';
import { findPublicKey } from './find-public-key.ts';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string };

/** `whorl key signing <keyId>`: what apps sign with that send with this public key. It is not kept, but found again each time. */
export const signingKeyCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('signing')
    .argument('<keyId>', 'the id of a public key, as `whorl key list` shows it')
    .description('print the key that apps sign their observations with')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((id: string, options: Options) =>
      withStore(env, async (store) => {
        await findPublicKey(store, options.workspace, id);
        const signingKey = signingKeyOf(await store.secret('app'), id);
        print(options, { id, signingKey }, `${signingKey}\n`);
      }),
    );
