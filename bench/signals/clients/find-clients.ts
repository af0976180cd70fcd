import { findChromium, findDisplay, findFirefox, isFound } from '@whorl/testing';

/** Path of the Chromium that every tool drives. Rejects where there is none. */
export const chromiumPath = async (): Promise<string> => (await findChromium()).path;

/** Why Chromium cannot show a window here; undefined where it can. */
export const whyNoWindow = async (): Promise<string | undefined> => {
  const display = await findDisplay();
  if (!isFound(display)) return display.missing;
  const { headed, path } = await findChromium();
  return headed ? undefined : `${path} has no windows: install chromium`;
};

/** Why there is no Firefox with a window here; undefined where there is one. */
export const whyNoFirefox = async (): Promise<string | undefined> => {
  const [firefox, display] = [await findFirefox(), await findDisplay()];
  if (!isFound(firefox)) return firefox.missing;
  return isFound(display) ? undefined : display.missing;
};

/** Path of the Firefox of this machine. Rejects where there is none. */
export const firefoxPath = async (): Promise<string> => {
  const found = await findFirefox();
  if (!isFound(found)) throw new Error(found.missing);
  return found.path;
};
