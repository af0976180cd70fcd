import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

/** What the page is told of the browser's name, to be held against the request's header and the worker's copy. */
export const userAgent: Source<SourceValue<'userAgent'>> = { collect: () => navigator.userAgent };
