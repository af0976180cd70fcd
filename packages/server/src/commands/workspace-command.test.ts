import type { Workspace } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import { sampleWorkspace } from '../storage/testing/sample-tenancy.ts';
import { useCommand } from '../testing/use-command.ts';

const { whorl, whorlWith, json, dataDir } = useCommand();

describe('whorl workspace', () => {
  it('creates and lists workspaces', async () => {
    const made = await whorl('workspace', 'create', 'shop');
    expect(made.out).toMatch(/^Workspace +ws_[0-9a-f]{16}\nEnvironment +ae_[0-9a-f]{16}\n$/);
    await whorl('workspace', 'create', 'bank', '--region', 'eu', '--identity', 'separate', '--linking', 'strict');
    expect((await whorl('workspace', 'list')).out).toMatch(/bank .* eu +on +separate +strict\n/);
    const listed = await json<Workspace[]>('workspace', 'list');
    expect(listed.map(({ name, region }) => ({ name, region }))).toEqual(
      expect.arrayContaining([
        { name: 'shop', region: 'us' },
        { name: 'bank', region: 'eu' },
      ]),
    );
  });

  it('gives a new one the region of the settings', async () => {
    await whorlWith({ WHORL_REGION: 'ap' }, 'workspace', 'create', 'shop');
    expect(await json<Workspace[]>('workspace', 'list')).toMatchObject([{ region: 'ap' }]);
  });

  it('refuses names that are taken or none', async () => {
    await whorl('workspace', 'create', 'shop');
    expect((await whorl('workspace', 'create', 'shop')).err).toContain('choose another name');
    expect((await whorl('workspace', 'create', ' ')).err).toContain('not be blank');
    await whorl('workspace', 'create', 'bank');
    expect((await whorl('workspace', 'change', 'bank', '--name', 'shop')).err).toContain('choose another name');
    expect(await json<Workspace[]>('workspace', 'list')).toHaveLength(2);
  });

  it('keeps names tidy, and takes none that hold what is not seen', async () => {
    await whorl('workspace', 'create', '  cafe\u0301\u00a0noir ');
    expect((await json<Workspace[]>('workspace', 'list'))[0]?.name).toBe('caf\u00e9 noir');
    expect((await whorl('workspace', 'create', 'caf\u00e9 noir')).err).toContain('choose another name');
    for (const name of ['a\nb', 'shop\u202epohs', 'zero\u200bwidth', 'half \ud800', 'line\u2028line', ' ws_x']) {
      expect((await whorl('workspace', 'create', name)).err).toContain('that are seen');
    }
    expect(await json<Workspace[]>('workspace', 'list')).toHaveLength(1);
  });

  it('takes an id for an id, whatever others are called, and refuses names that look like one', async () => {
    await whorl('workspace', 'create', 'shop');
    const [shop] = await json<Workspace[]>('workspace', 'list');
    const store = await openStore({ dataDir: dataDir() });
    // Names like this could be given by earlier versions.
    await store.createWorkspace(sampleWorkspace({ name: shop?.id ?? '' }));
    await store.close();
    expect(await json<Workspace>('workspace', 'change', shop?.id ?? '')).toEqual(shop);
    for (const name of ['ws_0000000000000000', 'ae_x']) {
      expect((await whorl('workspace', 'create', name)).err).toContain('not begin as ids do');
      expect((await whorl('workspace', 'change', 'shop', '--name', name)).err).toContain('not begin as ids do');
      expect((await whorl('environment', 'create', name, '--workspace', 'shop')).err).toContain('not begin as ids do');
    }
  });

  it('changes what it is told and shows what is', async () => {
    await whorl('workspace', 'create', 'shop');
    const change = (...args: string[]) => json<Workspace>('workspace', 'change', 'shop', ...args);
    const before = await change();
    expect(await change('--limit-per-key', '100/60', '--limit-per-address', '5/1')).toEqual({
      ...before,
      rateLimits: { perKey: { requests: 100, seconds: 60 }, perAddress: { requests: 5, seconds: 1 } },
    });
    const limited = await change('--limit-per-key', 'off');
    expect(limited.rateLimits).toEqual({ perKey: null, perAddress: { requests: 5, seconds: 1 } });
    expect((await change('--disable', 'vpn', 'webhooks')).disabledFeatures).toEqual(['vpn', 'webhooks']);
    expect((await change('--disable', 'tor', '--enable', 'vpn')).disabledFeatures).toEqual(['webhooks', 'tor']);
    const others = ['--active', 'off', '--region', 'ap', '--identity', 'separate', '--linking', 'low-risk'];
    expect(await change(...others)).toMatchObject({
      active: false,
      region: 'ap',
      identity: 'separate',
      linking: 'low-risk',
    });
    const { out } = await whorl('workspace', 'change', '--name', 'market');
    expect(out).toMatch(/Name +market\n/);
    expect(out).toMatch(/Linking +low-risk\n/);
    expect(out).toMatch(/Limit per address +5\/1\n/);
    expect(out).toMatch(/Switched off +webhooks tor\n/);
  });

  it('has points and a floor of its own', async () => {
    await whorl('workspace', 'create', 'shop');
    const change = (...args: string[]) => json<Workspace>('workspace', 'change', 'shop', ...args);
    expect((await change('--weights', 'bot=10', 'tor=0')).suspectWeights).toEqual({ bot: 10, tor: 0 });
    expect((await change('--weights', 'bot=default', 'frida=1000')).suspectWeights).toEqual({ tor: 0, frida: 1000 });
    expect((await change('--activity-floor', '500')).highActivityFloor).toBe(500);
    const { out } = await whorl('workspace', 'change', 'shop');
    expect(out).toMatch(/Own points +tor=0 frida=1000\nActivity floor +500\n/);
    expect((await change('--activity-floor', 'default')).highActivityFloor).toBeNull();
  });

  it.each([
    [['--weights', 'bott=1'], 'Did you mean bot?'],
    [['--weights', 'everything=1'], 'There are: bot, '],
    [['--weights', 'bot'], 'such as bot=10'],
    [['--weights', 'bot=-1'], 'such as bot=10'],
    [['--weights', 'bot=1=2'], 'such as bot=10'],
    [['--weights', 'bot=1001'], 'such as bot=10'],
    [['--activity-floor', '0'], 'write 1 to'],
    [['--activity-floor', '5.5'], 'write 1 to'],
    [['--disable', 'vnp'], 'Did you mean vpn?'],
    [['--disable', 'everything'], 'There are: '],
    [['--disable', 'vpn', '--enable', 'vpn'], 'on and off at once'],
    [['--linking', 'loose'], 'Allowed choices are low-risk, default, strict'],
    [['--limit-per-key', '100'], 'such as 100/60'],
    [['--limit-per-key', '0/60'], 'such as 100/60'],
    [['--limit-per-address', '1/90000'], 'at most 86400 seconds'],
  ])('refuses %j with the mend, and changes nothing', async (options, mend) => {
    await whorl('workspace', 'create', 'shop');
    const before = await json<Workspace[]>('workspace', 'list');
    const refused = await whorl('workspace', 'change', 'shop', '--region', 'eu', ...options);
    expect(refused.failed).toBe(true);
    expect(refused.err).toContain(mend);
    expect(await json<Workspace[]>('workspace', 'list')).toEqual(before);
  });
});
