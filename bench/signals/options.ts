import { UsageError } from '../about-run.ts';
import { flag, place, readArguments, text, wholeNumber } from '../read-arguments.ts';

const MOST_RUNS = 1_000;
const MOST_TOGETHER = 16;

export const helpFor = (
  names: readonly string[],
): string => `Real clients visit a real server; the official SDK says what was found of each.

  npm run bench:signals -- [options]

  --clients <names>   of ${names.join(', ')}
                      (default all)
  --runs <n>          visits of each client, each in a fresh profile (default 30)
  --together <n>      clients that run at a time (default 3)
  --elsewhere         the agent's server has another origin than the page: no worker can be asked
  --events <folder>   write every event, with its evidence, as JSON into this folder
  --out <file>        write the figures as JSON
  --help              this text

The tables go to stdout, progress to stderr. All traffic stays on this machine. A client that cannot run here is told with the reason.`;

export type Options = {
  clients: string[];
  runs: number;
  together: number;
  elsewhere: boolean;
  events: string | undefined;
  out: string | undefined;
};

const named = (given: string | undefined, names: readonly string[]): string[] => {
  if (given === undefined) return [...names];
  const wanted = [...new Set(given.split(',').map((name) => name.trim()))];
  const stranger = wanted.find((name) => !names.includes(name));
  if (stranger !== undefined) throw new UsageError(`--clients: no '${stranger}' among ${names.join(', ')}`);
  return wanted;
};

/** Reads the command line; `help` where only the text is wanted. `names` are those of all clients. Throws a {@link UsageError}. */
export const readOptions = (args: readonly string[], names: readonly string[]): Options | 'help' => {
  const values = readArguments(args, {
    clients: text,
    runs: { ...text, default: '30' },
    together: { ...text, default: '3' },
    elsewhere: flag,
    events: text,
    out: text,
    help: flag,
  });
  if (values.help) return 'help';
  return {
    clients: named(values.clients, names),
    runs: wholeNumber('runs', values.runs, 1, MOST_RUNS),
    together: wholeNumber('together', values.together, 1, MOST_TOGETHER),
    elsewhere: values.elsewhere,
    events: place('events', values.events),
    out: place('out', values.out),
  };
};
