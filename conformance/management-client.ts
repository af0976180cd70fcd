import type { RunningWhorl } from '@whorl/testing';

/** The setting that opens the management API of a server to {@link managementClient}. */
export const managementSettings = { WHORL_MANAGEMENT_KEY: 'managementKeyOfTheOperator' };

/**
 * Asks the management API of a server; throws unless the answer is a success. The key is that of {@link managementSettings}
 * unless another is given.
 */
export const managementClient =
  ({ url }: Pick<RunningWhorl, 'url'>, key: string = managementSettings.WHORL_MANAGEMENT_KEY) =>
  async <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/admin/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
