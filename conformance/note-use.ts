import { getCurrentTest } from 'vitest/suite';
import { type ClientName, clients, type MethodOf } from './clients.ts';

/**
 * Notes that the running test uses methods of a client now, once each; the table counts nothing else. What a page uses is
 * noted where the test makes it do so. Between tests, as in their set-up, nothing is noted.
 */
export const noteUse = <C extends ClientName>(client: C, ...methods: MethodOf<C>[]): void => {
  const test = getCurrentTest();
  if (test === undefined) return;
  test.meta.used ??= [];
  const { used } = test.meta;
  for (const method of methods) {
    if (!used.some((use) => use.client === client && use.method === method)) used.push({ client, method });
  }
};

const isMethodOf = <C extends ClientName>(client: C, name: string | symbol): name is MethodOf<C> & string =>
  (clients[client] as readonly (string | symbol)[]).includes(name);

/** The same object, unmodified, behind a proxy that notes each of the client's methods when a test calls it. */
export const notingUse = <C extends ClientName, T extends object>(client: C, functions: T): T =>
  new Proxy(functions, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || !isMethodOf(client, name)) return value;
      return (...args: unknown[]): unknown => {
        noteUse(client, name);
        // Called on the object itself, so that what its methods call of each other is not noted.
        return Reflect.apply(value, target, args);
      };
    },
  });
