import type { PostgresDatabase } from '../postgres-database.ts';

/** Bytes of all files of tables, indexes and the planner's statistics, as they lie on the disk. */
export const allFiles = async (asking: PostgresDatabase): Promise<Buffer> => {
  await asking.run('CHECKPOINT');
  const files = await asking.all<{ bytes: Buffer }>(
    `WITH known AS (
       SELECT oid FROM pg_class WHERE relnamespace = 'whorl'::regnamespace OR oid = 'pg_statistic'::regclass),
     files AS (
       SELECT oid FROM known UNION SELECT reltoastrelid FROM pg_class JOIN known USING (oid) WHERE reltoastrelid <> 0)
     SELECT pg_read_binary_file(pg_relation_filepath(oid)) AS bytes FROM (
       SELECT oid FROM files UNION SELECT indexrelid FROM pg_index JOIN files ON oid = indrelid) f
     WHERE pg_relation_filepath(oid) IS NOT NULL`,
  );
  return Buffer.concat(files.map(({ bytes }) => bytes));
};
