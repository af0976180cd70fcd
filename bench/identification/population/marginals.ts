import { type Marginal, published, simulateMarginals } from './marginal-figures.ts';

// Prints simulated against published diversity: `node scripts/run-ts.mjs bench/identification/population/marginals.ts`.
const simulated = simulateMarginals(Number(process.argv[2] ?? 1));
console.table(
  Object.fromEntries(
    (Object.keys(published) as Marginal[]).map((name) => [
      name,
      {
        'distinct, published': published[name].distinct,
        'distinct, simulated': simulated[name].distinct,
        'unique %, published': published[name].unique,
        'unique %, simulated': Number(simulated[name].unique.toFixed(1)),
      },
    ]),
  ),
);
