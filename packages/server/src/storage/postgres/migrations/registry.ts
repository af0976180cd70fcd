import { firstSchema } from './0001-first-schema.ts';
import { countersByScope } from './0002-counters-by-scope.ts';
import { erasuresDue } from './0003-erasures-due.ts';
import { otherAddress } from './0004-other-address.ts';
import { profiles } from './0005-profiles.ts';
import { whatEventsCounted } from './0006-what-events-counted.ts';
import type { Migration } from './migration.ts';

/** Every step in order. The database notes which of them it has taken. */
export const migrations: readonly Migration[] = [
  firstSchema,
  countersByScope,
  erasuresDue,
  otherAddress,
  profiles,
  whatEventsCounted,
];
