import { Counter, Gauge, type Registry } from 'prom-client';

/** An address database as its gauge shows it: `builtAt` in unix milliseconds, null while none is loaded. */
export type DatabaseFigures = { path: string; builtAt: number | null };

/** What is counted of the operator's own address databases. */
export type DatabaseMetrics = {
  /** Told of each file that was read: loaded or refused. */
  read(path: string, outcome: string): void;
  /** Asks for the files at each look at the metrics. */
  watch(figures: () => DatabaseFigures[]): void;
};

/** A counter of files that were read, and the age of those in use. */
export const createDatabaseMetrics = (registry: Registry): DatabaseMetrics => {
  const registers = [registry];
  const reads = new Counter({
    name: 'whorl_database_reads_total',
    help: 'Address databases of the operator that were read, by file and outcome: loaded or refused.',
    labelNames: ['file', 'outcome'],
    registers,
  });
  return {
    read: (file, outcome) => reads.inc({ file, outcome }),
    watch(figures) {
      new Gauge({
        name: 'whorl_database_age_seconds',
        help: 'Time since each address database in use was built by its maker.',
        labelNames: ['file'],
        registers,
        collect() {
          // A file that made room for a newer one has no age any more.
          this.reset();
          for (const { path, builtAt } of figures()) {
            if (builtAt !== null) this.set({ file: path }, Math.max(0, Date.now() - builtAt) / 1_000);
          }
        },
      });
    },
  };
};
