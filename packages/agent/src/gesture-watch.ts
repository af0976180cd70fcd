import { isChromium } from '@fingerprintjs/fingerprintjs';
import { now } from './clock.ts';

/**
 * What a person acts on a page by, as events that reach the window before anything else can stop them. Assistive
 * technology and autofill show in `click`, `input` and `change`.
 */
const INPUT = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'click',
  'keydown',
  'touchend',
  'input',
  'change',
  'paste',
  'drop',
] as const;

const FRAMES = 'iframe, frame, object, embed';

/** Milliseconds of a page's life in which what was before the watch still counts: later, frames may have come and gone. */
const YOUNG = 5_000;

/** Watches whether the page comes to a user's gesture without any user's input. */
export type GestureWatch = {
  /** Looks now. After the watch is over what was seen by then stands. */
  look(): void;
  /** True: the page was activated and there had been no input. Undefined: nothing can be said. */
  read(): boolean | undefined;
  /** Whether looking again cannot change the answer. */
  isSettled(): boolean;
};

const isActivated = (): boolean => navigator.userActivation?.hasBeenActive === true;

/** Input since the page began, listened to or not. Undefined where the browser does not count. */
const countInput = (): number | undefined => {
  const counts = performance.eventCounts;
  return counts === undefined ? undefined : INPUT.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
};

/** A click in a frame activates the pages around it, which see no event of it. */
const hasFrames = (): boolean =>
  document.querySelector(FRAMES) !== null ||
  (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).some(({ initiatorType }) =>
    /frame|object|embed/.test(initiatorType),
  );

const isFrameFocused = (): boolean => document.activeElement?.matches(FRAMES) === true;

/** Pages that nothing can be said of: activated before, in ways that were not seen, or together with a page around them. */
const isBlind = (): boolean =>
  !isChromium() ||
  window !== window.top ||
  navigator.userActivation === undefined ||
  countInput() === undefined ||
  (isActivated() && (now() > YOUNG || hasFrames()));

const BLIND: GestureWatch = { look: () => undefined, read: () => undefined, isSettled: () => true };

/**
 * Watches for `duration` milliseconds. Drivers run scripts by the DevTools protocol as if by a user's gesture
 * (`userGesture` of `Runtime.evaluate` and `Runtime.callFunctionOn`), which leaves the page activated although nobody
 * touched it. Only Chromium is watched, and only whole pages.
 * https://html.spec.whatwg.org/multipage/interaction.html#tracking-user-activation
 */
export const watchGestures = (duration: number): GestureWatch => {
  if (isBlind()) return BLIND;
  const end = now() + duration;
  let isAlone = false;
  let hasInput = false;
  const note = ({ isTrusted }: Event) => {
    if (isTrusted) hasInput = true;
  };
  const look = () => {
    if (now() > end) return;
    hasInput ||= isFrameFocused() || countInput() !== 0;
    isAlone ||= isActivated() && !hasInput;
  };
  // A press inside a frame takes the focus there, and the frame may be gone with the click: looked at in between.
  const lookSoon = () => setTimeout(look);
  for (const name of INPUT) addEventListener(name, note, { capture: true, passive: true });
  addEventListener('blur', lookSoon);
  setTimeout(() => {
    removeEventListener('blur', lookSoon);
    for (const name of INPUT) removeEventListener(name, note, { capture: true });
  }, duration);
  look();
  return {
    look,
    read: () => {
      look();
      return isAlone;
    },
    isSettled: () => isAlone || hasInput || now() > end,
  };
};
