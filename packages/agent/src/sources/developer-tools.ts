import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

/** What the console probes have seen so far. A supplement brings the final count where that is still open. */
export const developerTools: Source<SourceValue<'developerTools'>> = { collect: ({ probes }) => probes.read() };
