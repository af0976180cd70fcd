import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import { parseBrands } from '../../network/brands.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'headlessUserAgent';
const HEADLESS = /headless/i;

/** A user agent or brand that says headless, anywhere: tools that rename it in the page forget the worker or the header. */
export const headlessUserAgent: BotDetector = (facts) => {
  const brands = sourceValue(facts, 'clientHints')?.brands ?? [];
  const places = [
    ['headers', facts.headers['user-agent']],
    [
      'headers',
      facts.headers['sec-ch-ua'] &&
        parseBrands(facts.headers['sec-ch-ua'])
          .map(({ brand }) => brand)
          .join(),
    ],
    ['page', sourceValue(facts, 'userAgent')],
    ['page', brands.length > 0 ? brands.map(({ brand }) => brand).join() : undefined],
    ['worker', sourceValue(facts, 'worker')?.userAgent],
    ['iframe', sourceValue(facts, 'iframe')?.userAgent],
  ] as const;
  if (places.every(([, text]) => text === undefined)) return notLooked(NAME);
  const found = places.filter(([, text]) => text !== undefined && HEADLESS.test(text)).map(([from]) => from);
  if (found.length === 0) return nothing(NAME);
  const [first = 'page'] = found;
  return automation(NAME, 'headless_chrome', [
    evidence('browser calls itself headless in', [...new Set(found)], 0.95, first),
  ]);
};
