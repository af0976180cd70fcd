import type { Settings } from '../config/setting-registry.ts';
import type { FirstWorkspace } from '../tenancy/first-workspace.ts';

const keyLines = ({ publicKey }: Pick<Settings, 'publicKey'>, { workspace, fresh }: FirstWorkspace): string[] => {
  if (fresh !== null) {
    return [
      `  Workspace    ${workspace.name} (${workspace.id})`,
      `  Public key   ${fresh.publicKey}   for your pages`,
      `  Secret key   ${fresh.secretKey}   for your servers; shown this once, only its hash is kept`,
    ];
  }
  const where = publicKey === null ? 'as made before' : 'those of WHORL_PUBLIC_KEY and WHORL_SECRET_KEY';
  return [`  Keys         ${where}; \`npm run whorl -- key list\` shows them, \`key create\` makes more`];
};

/** What is said when the server is ready: where it is, and with which keys it can be used. */
export const startBanner = (
  url: string,
  settings: Pick<Settings, 'demo' | 'publicKey'>,
  first: FirstWorkspace,
): string => {
  const demo = settings.demo ? [`  Demo page    ${url}/demo`] : [];
  return `${[`Whorl is ready at ${url}`, '', ...demo, ...keyLines(settings, first)].join('\n')}\n`;
};
