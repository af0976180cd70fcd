import type { SignalData, SignalName } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import { clear, type SignalJudge, unknown } from './signal-judge.ts';

/**
 * Makes the judge of a product that only some platforms can have. Elsewhere it is clear for certain, because the
 * platform cannot have it; on those platforms it is unknown while the evidence of mobile clients is not read.
 */
export const mobileSignal =
  <N extends SignalName>(platforms: readonly Facts['platform'][], data: SignalData[N]): SignalJudge<N> =>
  ({ platform }) =>
    platforms.includes(platform)
      ? unknown(data, [evidence('evidence of mobile clients is not read yet', platform, 0, platform)])
      : clear(data, 1, [evidence('platform cannot have it', platform, -1, platform)]);
