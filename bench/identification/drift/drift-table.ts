import { type Attribute, publishedDrift, simulateDrift, spans } from './drift-figures.ts';

// Prints how often attributes agree, simulated and published: `node scripts/run-ts.mjs bench/identification/drift/drift-table.ts`.
const simulated = simulateDrift(Number(process.argv[2] ?? 3000), Number(process.argv[3] ?? 1));
const columns = [...spans, 'different'] as const;
console.table(
  Object.fromEntries(
    (Object.keys(publishedDrift) as Attribute[]).map((name) => [
      name,
      Object.fromEntries(
        columns.map((span) => [span, `${simulated[name][span].toFixed(3)} (${publishedDrift[name][span].toFixed(3)})`]),
      ),
    ]),
  ),
);
