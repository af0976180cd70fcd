/** One turn of a client: the how manyth visit of its own it is, from 0. */
export type Turn = { name: string; visit: number };

export type Turns<Outcome> = {
  names: readonly string[];
  /** Visits of each client that must not fail. */
  runs: number;
  /** Turns that are taken side by side. */
  together: number;
  /** Takes one turn. A rejection is a bug and ends everything. */
  take(turn: Turn): Promise<Outcome>;
  hasFailed(outcome: Outcome): boolean;
  /** Told after each turn how many are done, and how many there are by now. */
  tell?(done: number, all: number): void;
  /** Turns that have not begun when this is aborted are not taken. */
  signal?: AbortSignal;
};

/**
 * All outcomes of each client. Clients take turns, so that a busy spell of the machine meets all of them. For each turn that fails its client
 * has another at the end, `runs` of them at the most; failures stay among the outcomes.
 */
export const takeTurns = async <Outcome>({
  names,
  runs,
  together,
  take,
  hasFailed,
  tell,
  signal,
}: Turns<Outcome>): Promise<Map<string, Outcome[]>> => {
  const outcomes = new Map<string, Outcome[]>(names.map((name) => [name, []]));
  const turns = Array.from({ length: runs }, (_, visit) => names.map((name) => ({ name, visit }))).flat();
  const planned = new Map(names.map((name) => [name, runs]));
  let next = 0;
  let done = 0;
  const another = (name: string): void => {
    const visit = planned.get(name) ?? 0;
    if (visit >= 2 * runs) return;
    planned.set(name, visit + 1);
    turns.push({ name, visit });
  };
  const work = async (): Promise<void> => {
    for (let turn = turns[next]; turn !== undefined && signal?.aborted !== true; turn = turns[next]) {
      next += 1;
      const outcome = await take(turn);
      outcomes.get(turn.name)?.push(outcome);
      if (hasFailed(outcome)) another(turn.name);
      tell?.(++done, turns.length);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return outcomes;
};
