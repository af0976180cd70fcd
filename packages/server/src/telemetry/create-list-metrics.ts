import { Counter, Gauge, type Registry } from 'prom-client';

/** A list as its gauges show it: `asOf` in unix milliseconds, both null while it is not loaded. */
export type ListFigures = { name: string; rows: number | null; asOf: number | null };

/** What is counted of network lists. */
export type ListMetrics = {
  /** Told of each look at an upstream: updated, unchanged, refused or failed. */
  fetched(name: string, outcome: string): void;
  /** Asks for the lists at each look at the metrics. */
  watch(figures: () => ListFigures[]): void;
};

/** Counters of looks at upstreams, and gauges of what is loaded. */
export const createListMetrics = (registry: Registry): ListMetrics => {
  const registers = [registry];
  const fetches = new Counter({
    name: 'whorl_list_fetches_total',
    help: 'Looks at the upstreams of network lists, by list and outcome: updated, unchanged, refused (it was not the list) or failed.',
    labelNames: ['list', 'outcome'],
    registers,
  });
  return {
    fetched: (list, outcome) => fetches.inc({ list, outcome }),
    watch(figures) {
      new Gauge({
        name: 'whorl_list_rows',
        help: 'Rows of each network list in memory; 0 while it is not loaded.',
        labelNames: ['list'],
        registers,
        collect() {
          for (const { name, rows } of figures()) this.set({ list: name }, rows ?? 0);
        },
      });
      new Gauge({
        name: 'whorl_list_age_seconds',
        help: 'Age of each network list that is loaded.',
        labelNames: ['list'],
        registers,
        collect() {
          for (const { name, asOf } of figures()) {
            if (asOf !== null) this.set({ list: name }, Math.max(0, Date.now() - asOf) / 1_000);
          }
        },
      });
    },
  };
};
