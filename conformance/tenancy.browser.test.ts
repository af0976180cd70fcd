import type { Page } from '@whorl/testing';
import { describe, expect, it } from 'vitest';
import { managementClient, managementSettings } from './management-client.ts';
import { noteUse } from './note-use.ts';
import { officialClient } from './official-client.ts';
import { officialClientV4 } from './official-client-v4.ts';
import { sharedSite } from './shared-site.ts';

const NO_EVENT = '1700000000000.abcdef';

const here = sharedSite({ env: managementSettings });

const manage = <T>(path: string, body: unknown): Promise<T> => managementClient(here.whorl)('POST', path, body);

type Keys = { publicKey: string; secretKey: string };

/** A workspace made through the management API, with a key of each kind. */
const makeWorkspace = async (traits: Record<string, unknown>): Promise<Keys> => {
  const { workspace, environment } = await manage<Record<'workspace' | 'environment', { id: string }>>(
    '/workspaces',
    traits,
  );
  const makeKey = async (key: object) => (await manage<{ text: string }>(`/workspaces/${workspace.id}/keys`, key)).text;
  return {
    publicKey: await makeKey({ kind: 'public', environmentId: environment.id }),
    secretKey: await makeKey({ kind: 'secret' }),
  };
};

const openWith = async (packageName: string): Promise<Page> => {
  const page = await here.browser.newPage();
  await here.site.openClient(page, packageName);
  return page;
};

/** What the official v3 loader says instead of a result. */
const v3Refusal = async (publicKey: string): Promise<unknown> => {
  noteUse('@fingerprintjs/fingerprintjs-pro', 'load', 'get');
  const page = await openWith('@fingerprintjs/fingerprintjs-pro');
  const load = {
    apiKey: publicKey,
    scriptUrlPattern: `${here.whorl.url}/v3/<apiKey>/loader_v<loaderVersion>.js`,
    endpoint: here.whorl.url,
  };
  return page
    .evaluate(
      `client.load(${JSON.stringify(load)}).then((agent) => agent.get({ timeout: 3000 })).then(() => 'a result', (error) =>
        Object.keys(client).find((name) => name.startsWith('ERROR_') && client[name] === error.message) ?? error.message)`,
    )
    .finally(() => page.close());
};

/** What the official v4 loader says instead of a result. */
const v4Refusal = async (publicKey: string): Promise<unknown> => {
  noteUse('@fingerprint/agent', 'start', 'get', 'withoutDefault');
  const page = await openWith('@fingerprint/agent');
  return page
    .evaluate(
      `client.start({ apiKey: ${JSON.stringify(publicKey)}, endpoints: client.withoutDefault(${JSON.stringify(here.whorl.url)}) })
        .get({ timeout: 3000 }).then(() => 'a result', (error) => error.code)`,
    )
    .finally(() => page.close());
};

const codeOf = (error: unknown): unknown => {
  const known = error as { errorCode?: unknown; responseBody?: { error?: { code?: unknown } } };
  return known.errorCode ?? known.responseBody?.error?.code ?? error;
};

const v3ServerRefusal = (secretKey: string): Promise<unknown> =>
  officialClient(here.whorl, secretKey)
    .getEvent(NO_EVENT)
    .then(() => 'an event', codeOf);

const v4ServerRefusal = (secretKey: string): Promise<unknown> =>
  officialClientV4(here.whorl, secretKey)
    .getEvent(NO_EVENT)
    .then(() => 'an event', codeOf);

describe('a workspace made through the management API', () => {
  it.each([
    ['is served', {}, ['a result', 'a result', 'RequestNotFound', 'event_not_found']],
    [
      'of another region is refused as the clients know it',
      { region: 'eu' },
      ['ERROR_WRONG_REGION', 'wrong_region', 'WrongRegion', 'wrong_region'],
    ],
    [
      'that is switched off is refused as the clients know it',
      { active: false },
      ['ERROR_SUBSCRIPTION_NOT_ACTIVE', 'subscription_not_active', 'SubscriptionNotActive', 'subscription_not_active'],
    ],
  ])('%s', async (name, traits, [v3Loader, v4Loader, v3Server, v4Server]) => {
    const { publicKey, secretKey } = await makeWorkspace({ name, ...traits });
    expect(await v3Refusal(publicKey)).toBe(v3Loader);
    expect(await v4Refusal(publicKey)).toBe(v4Loader);
    expect(await v3ServerRefusal(secretKey)).toBe(v3Server);
    expect(await v4ServerRefusal(secretKey)).toBe(v4Server);
  });

  it('with a limit tells the clients when it is used up', async () => {
    const limit = { requests: 1, seconds: 600 };
    const { publicKey, secretKey } = await makeWorkspace({ name: 'limited', rateLimits: { perKey: limit } });
    // The nonce takes the one request that there is.
    expect(await v3Refusal(publicKey)).toBe('ERROR_RATE_LIMIT');
    expect(await v4Refusal(publicKey)).toBe('too_many_requests');
    expect(await v3ServerRefusal(secretKey)).toBe('RequestNotFound');
    expect(await v3ServerRefusal(secretKey)).toBe('TooManyRequests');
    expect(await v4ServerRefusal(secretKey)).toBe('too_many_requests');
  });
});
