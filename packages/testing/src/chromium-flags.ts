/**
 * What every Chromium of the tests is started with: no first-run pages, no traffic of its own and no names resolved
 * beyond this machine. Nothing here changes what a page can see.
 */
export const chromiumFlags = (): string[] => [
  // The sandbox refuses to run as root, which is what containers give.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--password-store=basic',
  '--use-mock-keychain',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
];
