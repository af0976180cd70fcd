import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Patience } from './manners.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { asStoreError } from './postgres-fault.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

const PATIENCE: Patience = { statement: 300, lock: 100, answer: 900 };

/** What the operator reads of the failure. */
const faultOf = async (work: Promise<unknown>, url: string): Promise<unknown> => {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  return asStoreError(error, url);
};

describe('PostgresDatabase', () => {
  let url: string;
  let database: PostgresDatabase;
  let patient: PostgresDatabase;

  beforeEach(async () => {
    ({ url } = await postgres.empty());
    database = new PostgresDatabase(url, PATIENCE);
    patient = new PostgresDatabase(url);
    await patient.run('CREATE TABLE recipes (id int PRIMARY KEY)');
    await patient.run('INSERT INTO recipes VALUES (1)');
  });

  afterEach(async () => {
    await Promise.all([database.close(), patient.close()]);
  });

  const sleep = 'SELECT pg_sleep(0.6)';
  const hold = 'SELECT 1 FROM recipes FOR UPDATE';

  it('ends statements of a transaction that take too long, and goes on', async () => {
    const tooSlow = { problem: 'unavailable', message: expect.stringContaining('took too long') };
    expect(
      await faultOf(
        database.snapshot((queries) => queries.run(sleep)),
        url,
      ),
    ).toMatchObject(tooSlow);
    expect(
      await faultOf(
        database.write((queries) => queries.run(sleep)),
        url,
      ),
    ).toMatchObject(tooSlow);
    expect(await database.one('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('lets a change of the schema take its time, and waits for others', async () => {
    const holding = patient.write(async (queries) => {
      await queries.run(hold);
      await queries.run(sleep);
    });
    await database.rebuild(async (queries) => {
      await queries.run(hold);
      await queries.run('SELECT pg_sleep(1)');
    });
    await holding;
  });

  it('does not wait for ever for what another program holds', async () => {
    await patient.write(async (queries) => {
      await queries.run(hold);
      const fault = await faultOf(
        database.write((others) => others.run(hold)),
        url,
      );
      expect(fault).toMatchObject({ problem: 'locked', message: expect.stringContaining('pg_stat_activity') });
    });
    await database.write((queries) => queries.run(hold));
  });

  it('gives up connections whose server has stopped answering, and takes new ones', async () => {
    const target = new URL(url);
    const { hostname, port } = target;
    const sockets: Socket[] = [];
    const between = createServer((socket) => {
      const further = connect(Number(port), hostname);
      for (const end of [socket, further]) sockets.push(end.on('error', () => {}));
      socket.pipe(further).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const address = between.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    target.port = String(address.port);
    const behind = new PostgresDatabase(target.href, PATIENCE);
    try {
      await Promise.all([behind.run('SELECT 1'), behind.run('SELECT 1'), behind.run('SELECT 1')]);
      for (const socket of sockets) socket.unpipe().pause();
      const silent = { problem: 'unavailable', message: expect.stringContaining('stopped answering') };
      const started = performance.now();
      const faults = await Promise.all([
        faultOf(behind.one('SELECT 1'), url),
        faultOf(
          behind.snapshot((queries) => queries.run('SELECT 1')),
          url,
        ),
        faultOf(
          behind.write((queries) => queries.run('SELECT 1')),
          url,
        ),
      ]);
      for (const fault of faults) expect(fault).toMatchObject(silent);
      expect(performance.now() - started).toBeLessThan(3 * PATIENCE.answer);
      expect(await behind.one('SELECT 1 AS one')).toEqual({ one: 1 });
    } finally {
      await behind.close();
      for (const socket of sockets) socket.destroy();
      between.close();
    }
  }, 30_000);
});
