import type { Environment, Workspace } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { CommandError } from './command-error.ts';

/** Option of every command on something of a workspace. */
export const workspaceOption = [
  '--workspace <id or name>',
  'the workspace; may be left out while there is one',
] as const;

type Named = { id: string; name: string };

/**
 * The one of this id, or else of this name: whatever others are called, an id names one thing. Without a wish, the only one
 * there is. `create` says how to make one.
 */
export const pick = <T extends Named>(what: string, all: T[], wanted: string | undefined, create: string): T => {
  if (wanted !== undefined) {
    const byId = all.find(({ id }) => id === wanted);
    if (byId !== undefined) return byId;
    const found = all.filter(({ name }) => name === wanted);
    if (found.length === 1 && found[0] !== undefined) return found[0];
    const known = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
    throw new CommandError(
      found.length === 0
        ? `There is no ${what} "${wanted}". Known:\n${known || '  none'}`
        : `${found.length} ${what}s are called "${wanted}"; use an id:\n${known}`,
    );
  }
  const only = all[0];
  if (all.length === 1 && only !== undefined) return only;
  if (only === undefined) throw new CommandError(`There is no ${what} yet; ${create}`);
  throw new CommandError(
    `There are several ${what}s; name one:\n${all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')}`,
  );
};

/** The workspace of this id or name; without one, the only workspace there is. */
export const findWorkspace = async (store: Store, wanted: string | undefined): Promise<Workspace> =>
  pick('workspace', await store.workspaces(), wanted, 'start the server once, or run `whorl workspace create <name>`');

/** The environment of this id or name in a workspace; without one, the only environment there is. */
export const findEnvironment = async (
  store: Store,
  workspace: Workspace,
  wanted: string | undefined,
): Promise<Environment> =>
  pick('environment', await store.environments(workspace.id), wanted, 'run `whorl environment create <name>`');
