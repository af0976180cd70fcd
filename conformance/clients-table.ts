import { type ClientName, clients, versionOf } from './clients.ts';

/** How the tests of one method went. */
export type Tally = { passed: number; failed: number };

/** By client and method; a method that no test has used is missing. */
export type Tallies = Map<string, Tally>;

export const tallyKey = (client: string, method: string): string => `${client} ${method}`;

type Line = { client: ClientName; version: string; method: string; tally: Tally };

const linesOf = (tallies: Tallies): Line[] =>
  (Object.keys(clients) as ClientName[]).flatMap((client) =>
    clients[client].map((method) => ({
      client,
      version: versionOf(client),
      method,
      tally: tallies.get(tallyKey(client, method)) ?? { passed: 0, failed: 0 },
    })),
  );

const verdictOf = ({ passed, failed }: Tally): string => {
  if (failed > 0) return `FAILED ${failed} of ${passed + failed}`;
  return passed > 0 ? `passed ${passed}` : 'NOT RUN';
};

/** The table of `npm run conformance`, and whether every method has been used and every test of it has passed. */
export const clientsTable = (tallies: Tallies): { text: string; complete: boolean } => {
  const lines = linesOf(tallies);
  const cells = lines.map(({ client, version, method, tally }) => [`${client} ${version}`, method, verdictOf(tally)]);
  const widths = [0, 1].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const text = cells
    .map((row, at) => {
      const same = at > 0 && cells[at - 1]?.[0] === row[0];
      return [same ? '' : row[0], row[1], row[2]]
        .map((cell, column) => (cell ?? '').padEnd(widths[column] ?? 0))
        .join('  ');
    })
    .map((line) => line.trimEnd())
    .join('\n');
  return { text, complete: lines.every(({ tally }) => tally.passed > 0 && tally.failed === 0) };
};

/** The table of docs/clients.md, made from the same list. */
export const clientsMarkdown = (): string =>
  [
    '| client | version | methods |',
    '| --- | --- | --- |',
    ...(Object.keys(clients) as ClientName[]).map(
      (client) =>
        `| \`${client}\` | ${versionOf(client)} | ${clients[client].map((name) => `\`${name}\``).join(', ')} |`,
    ),
  ].join('\n');
