import { type AttributeName, attributeList, attributeNames } from './attributes.ts';
import type { Portrait } from './portrait.ts';

/** With fewer attributes than this, visits that refuse everything would become one visitor. */
const FEWEST = 10;

/** Where a visit comes from says nothing of the browser. */
const ELSEWHERE: readonly AttributeName[] = ['address', 'network'];

/** What comes from the machine's drawing and fonts: with none of it an agreement means little. */
const TELLING: readonly AttributeName[] = ['gpu', 'gpuLimits', 'canvas', 'audio', 'fonts'];

const browserAt = attributeList.flatMap(({ name }, at) => (ELSEWHERE.includes(name) ? [] : [at]));
const tellingAt = TELLING.map((name) => attributeNames.indexOf(name));

/** Whether a visit shows enough to be compared with visitors that no token names. */
export const showsEnough = ({ values }: Portrait): boolean =>
  browserAt.filter((at) => values[at] !== 0).length >= FEWEST && tellingAt.some((at) => values[at] !== 0);
