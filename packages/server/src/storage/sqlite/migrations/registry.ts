import { firstSchema } from './0001-first-schema.ts';
import { wholeServerApi } from './0002-whole-server-api.ts';
import { countersByScope } from './0003-counters-by-scope.ts';
import { skippedNumbers } from './0004-skipped-numbers.ts';
import { erasuresDue } from './0005-erasures-due.ts';
import { otherAddress } from './0006-other-address.ts';
import { profiles } from './0007-profiles.ts';
import { linking } from './0008-linking.ts';
import { whatEventsCounted } from './0009-what-events-counted.ts';
import { judging } from './0010-judging.ts';
import { requiredSignatures } from './0011-required-signatures.ts';
import type { Migration } from './migration.ts';

/** Every step in order. A database's `user_version` is how many of them it has taken. */
export const migrations: readonly Migration[] = [
  firstSchema,
  wholeServerApi,
  countersByScope,
  skippedNumbers,
  erasuresDue,
  otherAddress,
  profiles,
  linking,
  whatEventsCounted,
  judging,
  requiredSignatures,
];
