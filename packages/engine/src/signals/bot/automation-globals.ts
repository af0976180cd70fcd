import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'automationGlobals';

/** Which tool leaves which names behind. */
const TOOLS = [
  [/playwright|^__pw/i, 'playwright'],
  [/puppeteer/i, 'puppeteer'],
  [/cypress/i, 'cypress'],
  [/nightmare/i, 'nightmarejs'],
  [/phantom/i, 'phantomjs'],
  [/selenium|webdriver|fxdriver|^\$?cdc_|^\$chrome_/i, 'selenium'],
  [/domAutomation/i, 'headless_chrome'],
] as const;

const toolOf = (name: string): string => TOOLS.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown';

/** Globals that only automation tools leave in a page. The agent knows the names; here they are told apart. */
export const automationGlobals: BotDetector = (facts) => {
  const globals = sourceValue(facts, 'automation')?.globals;
  if (globals === undefined) return notLooked(NAME);
  const [first] = globals;
  if (first === undefined) return nothing(NAME);
  return automation(
    NAME,
    globals.map(toolOf).find((tool) => tool !== 'unknown') ?? 'unknown',
    globals.map((name) => evidence('global of an automation tool', name, 0.9, 'page')),
  );
};
