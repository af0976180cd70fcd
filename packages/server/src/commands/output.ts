/** Option of every command that answers something. */
export const jsonOption = ['--json', 'answer in JSON, for scripts'] as const;

export type OutputOptions = { json?: boolean };

/** Writes the result to standard output: as JSON for scripts, else as the text for people. */
export const print = ({ json }: OutputOptions, value: unknown, text: string): void => {
  process.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : text);
};

/** Fields as aligned lines. */
export const lines = (fields: Record<string, string>): string => {
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  return Object.entries(fields)
    .map(([name, value]) => `${name.padEnd(width)}  ${value}\n`)
    .join('');
};

/** A time as the day in UTC. */
export const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A time to the minute in UTC; empty for none. */
export const minute = (time: number | null): string =>
  time === null ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
