import { parseArgs } from 'node:util';
import { UsageError } from '../about-run.ts';

const MOST_RUNS = 1_000;
const MOST_TOGETHER = 16;

export const helpFor = (
  names: readonly string[],
): string => `Real clients visit a real server; the official SDK says what was found of each.

  npm run bench:signals -- [options]

  --clients <names>   of ${names.join(', ')}
                      (default all)
  --runs <n>          visits of each client, each in a fresh profile (default 30)
  --together <n>      clients that run at a time (default 2)
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

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new UsageError(`--${name} must be a whole number from 1 to ${most}, not ${text}`);
};

const place = (name: string, text: string | undefined): string | undefined => {
  if (text?.trim() === '') throw new UsageError(`--${name}: a name is missing`);
  return text;
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        clients: text,
        runs: { ...text, default: '30' },
        together: { ...text, default: '2' },
        elsewhere: flag,
        events: text,
        out: text,
        help: flag,
      },
    }).values;
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
};

const named = (text: string | undefined, names: readonly string[]): string[] => {
  if (text === undefined) return [...names];
  const wanted = [...new Set(text.split(',').map((name) => name.trim()))];
  const stranger = wanted.find((name) => !names.includes(name));
  if (stranger !== undefined) throw new UsageError(`--clients: no '${stranger}' among ${names.join(', ')}`);
  return wanted;
};

/** Reads the command line; `help` where only the text is wanted. `names` are those of all clients. Throws a {@link UsageError}. */
export const readOptions = (args: readonly string[], names: readonly string[]): Options | 'help' => {
  const values = parse(args);
  if (values.help) return 'help';
  return {
    clients: named(values.clients, names),
    runs: wholeNumber('runs', values.runs, MOST_RUNS),
    together: wholeNumber('together', values.together, MOST_TOGETHER),
    elsewhere: values.elsewhere,
    events: place('events', values.events),
    out: place('out', values.out),
  };
};
