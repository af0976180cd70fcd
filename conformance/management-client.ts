import type { RunningWhorl } from '@whorl/testing';

/** The setting that opens the management API of a server to {@link managementClient}. */
export const managementSettings = { WHORL_MANAGEMENT_KEY: 'managementKeyOfTheOperator' };

/** Asks the management API of a server that runs with {@link managementSettings}; throws unless the answer is a success. */
export const managementClient =
  ({ url }: Pick<RunningWhorl, 'url'>) =>
  async <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/admin/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${managementSettings.WHORL_MANAGEMENT_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
