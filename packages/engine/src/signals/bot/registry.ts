import { automationGlobals } from './automation-globals.ts';
import { botdVerdict } from './botd-verdict.ts';
import { contextMismatch } from './context-mismatch.ts';
import type { BotDetector } from './detector.ts';
import { disguisedFunctions } from './disguised-functions.ts';
import { headerClientHints } from './header-client-hints.ts';
import { headerUserAgent } from './header-user-agent.ts';
import { headlessUserAgent } from './headless-user-agent.ts';
import { patchedNavigator } from './patched-navigator.ts';
import { requestSender } from './request-sender.ts';
import { unseenGesture } from './unseen-gesture.ts';
import { webdriver } from './webdriver.ts';

/** Every bot detector, the ones that name a tool first: of several findings the first gives the bot's type. */
export const botDetectors = {
  automationGlobals,
  botdVerdict,
  headlessUserAgent,
  webdriver,
  patchedNavigator,
  disguisedFunctions,
  contextMismatch,
  unseenGesture,
  headerUserAgent,
  headerClientHints,
  requestSender,
} as const satisfies Record<string, BotDetector>;

/** The name of a bot detector. */
export type BotDetectorName = keyof typeof botDetectors;
