import type { TestDatabase } from '@whorl/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

const faultOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`no StoreError: ${String(error)}`);
  expect(error.setting).toBe('WHORL_DATABASE_URL');
  return error;
};

describe('openPostgresStore', () => {
  let database: TestDatabase;
  let other: PostgresDatabase;

  beforeEach(async () => {
    database = await postgres.empty();
    other = new PostgresDatabase(database.url);
  });

  afterEach(async () => {
    await other.close();
    await database.drop();
  });

  const changed = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it('tells a wrong password, database, host and port from one another, and never shows the password', async () => {
    const urls: [string, RegExp][] = [
      [changed((url) => Object.assign(url, { password: 'hunter22' })), /user or password/],
      [changed((url) => Object.assign(url, { pathname: '/nothing_of_this_name' })), /CREATE DATABASE/],
      [changed((url) => Object.assign(url, { port: '9' })), /No PostgreSQL server answers/],
      [changed((url) => Object.assign(url, { search: '?sslmode=verify-full' })), /sslmode=disable/],
      [changed((url) => Object.assign(url, { search: '?host=/nothing/of/this/name' })), /unix_socket_directories/],
      [changed((url) => Object.assign(url, { search: '?sslrootcert=/nothing/of/this/name.pem' })), /sslrootcert=/],
      [changed((url) => Object.assign(url, { search: '?options=-c%20nonsense' })), /options=/],
      [changed((url) => Object.assign(url, { search: '?options=-c%20nonsense%3D1' })), /options=/],
    ];
    for (const [url, words] of urls) {
      const fault = await faultOf(openPostgresStore(url));
      expect(fault.message).toMatch(words);
      expect(fault.message).not.toContain(new URL(url).password);
    }
  });

  it('touches nothing before it is migrated, and says so to commands that want it to be there', async () => {
    const fault = await faultOf(openPostgresStore(database.url, { mustExist: true }));
    expect(fault.message).toContain('Start the server once');
    const store = await openPostgresStore(database.url);
    expect(await other.one("SELECT to_regnamespace('whorl') AS schema")).toEqual({ schema: null });
    expect(await store.migrate()).toEqual(migrations.map(({ name }) => name));
    await store.close();
    await (await openPostgresStore(database.url, { mustExist: true })).close();
  });

  it('is migrated once, by one of those that start at the same moment', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore(database.url)));
    const taken = await Promise.all(stores.map((store) => store.migrate()));
    expect(taken.flat()).toEqual(migrations.map(({ name }) => name));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('takes all steps or none', async () => {
    const broken = [...migrations, { name: 'broken', sql: 'CREATE TABLE whorl.half (id int); SELECT nonsense' }];
    await expect(migrate(other, broken)).rejects.toThrow('nonsense');
    expect(await other.one("SELECT to_regnamespace('whorl') AS schema")).toEqual({ schema: null });
  });

  it('refuses a schema of another program and of a later version, and touches neither', async () => {
    await other.run('CREATE SCHEMA whorl; CREATE TABLE whorl.recipes (name text)');
    expect(await faultOf(openPostgresStore(database.url))).toMatchObject({ problem: 'not-ours' });
    await other.run('DROP SCHEMA whorl CASCADE');
    await migrate(other, [...migrations, { name: '9999-later', sql: 'CREATE TABLE whorl.later (id int)' }]);
    const fault = await faultOf(openPostgresStore(database.url));
    expect(fault.problem).toBe('newer');
    expect(fault.message).toContain(`schema ${migrations.length + 1}`);
  });

  it('lives beside tables of other programs', async () => {
    await other.run('CREATE TABLE events (id int); CREATE TABLE workspaces (id int)');
    const store = await openPostgresStore(database.url);
    await store.migrate();
    expect(await store.workspaces()).toEqual([]);
    await store.close();
  });

  it('refuses a database that cannot be written, and one of another encoding', async () => {
    await other.run(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
    expect(await faultOf(openPostgresStore(database.url))).toMatchObject({ problem: 'not-writable' });
    const latin = `${database.name}_latin`;
    await other.run(`CREATE DATABASE ${latin} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const url = changed((changing) => Object.assign(changing, { pathname: `/${latin}` }));
    expect(await faultOf(openPostgresStore(url))).toMatchObject({ problem: 'unsupported' });
    await other.run(`DROP DATABASE ${latin}`);
  });

  it('fails with a mend while the server has thrown its connections out, and goes on by itself', async () => {
    const store: Store = await openPostgresStore(database.url);
    await store.migrate();
    const record = sampleRecord();
    await store.record([record]);
    await other.run(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    // A connection that is found broken may fail the first call; each broken one is used at most once.
    const settled = await Promise.allSettled([store.ping(), store.event({ workspaceId: WORKSPACE }, record.event.id)]);
    for (const result of settled) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreError);
    expect(await store.event({ workspaceId: WORKSPACE }, record.event.id)).toEqual(record.event);
    await store.close();
  });
});
