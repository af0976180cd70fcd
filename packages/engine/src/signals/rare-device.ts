import { evidence } from '../evidence.ts';
import { type SignalJudge, unknown } from './signal-judge.ts';

/** How rare the device's configuration is in this workspace. Unknown: the store does not count configurations yet. */
export const judgeRareDevice: SignalJudge<'rareDevice'> = () =>
  unknown({}, [evidence('configurations of this workspace are not counted yet', null, 0, 'store')]);
