import { describe, expect, it } from 'vitest';
import { sampleEnvironment, sampleWorkspace } from '../storage/testing/sample-tenancy.ts';
import type { FirstWorkspace } from '../tenancy/first-workspace.ts';
import { startBanner } from './start-banner.ts';

const URL = 'http://127.0.0.1:7070';
const known: FirstWorkspace = {
  workspace: sampleWorkspace({ name: 'default' }),
  environment: sampleEnvironment(),
  fresh: null,
  demoKey: 'demoKeydemoKeydemoKe',
};

describe('startBanner', () => {
  it('shows keys that were made just now', () => {
    const fresh = { publicKey: 'newPublicKey', secretKey: 'newSecretKey' };
    const banner = startBanner(URL, { demo: true, publicKey: null }, { ...known, fresh });
    expect(banner).toMatch(/Demo page +http:.*\/demo\n/);
    expect(banner).toMatch(/Workspace +default \(ws_/);
    expect(banner).toMatch(/Public key +newPublicKey /);
    expect(banner).toMatch(/Secret key +newSecretKey .*this once/);
  });

  it('names the settings that the keys are from, and shows none', () => {
    const banner = startBanner(URL, { demo: false, publicKey: 'public-key-of-the-shop' }, known);
    expect(banner).toContain('Keys         those of WHORL_PUBLIC_KEY and WHORL_SECRET_KEY;');
    expect(banner).not.toContain('public-key-of-the-shop');
    expect(banner).not.toContain('/demo');
  });

  it('tells of keys that were made at an earlier start', () => {
    expect(startBanner(URL, { demo: true, publicKey: null }, known)).toContain('Keys         as made before;');
  });
});
