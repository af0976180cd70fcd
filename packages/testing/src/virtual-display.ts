import { findXvfb } from './find-browser.ts';
import { isFound, type Missing } from './finding.ts';
import { startProcessGroup } from './process-group.ts';

/** A screen to show windows on. `env` is what a program needs in order to find it. */
export type Display = { env: Record<string, string>; stop(): Promise<void> };

/** Width and height in pixels. */
export type ScreenSize = readonly [number, number];

const START_TIMEOUT_MS = 10_000;

const noDisplay = { env: {}, stop: async () => {} };

/** Xvfb looks for a free number by itself and writes it to the file descriptor it is given. */
const startXvfb = async (path: string, [width, height]: ScreenSize): Promise<Display> => {
  const screen = `${width}x${height}x24`;
  const group = await startProcessGroup(path, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    extraPipe: true,
  });
  const pipe = group.child.stdio[3];
  const number = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb did not start in time')), START_TIMEOUT_MS);
    pipe?.once('data', (data: Buffer) => {
      clearTimeout(timer);
      resolve(data.toString().trim());
    });
    group.exited.then((code) => reject(new Error(`Xvfb ended with code ${code}`)));
  });
  return { env: { DISPLAY: `:${number}` }, stop: () => group.stop() };
};

/** Whether windows can be shown on this machine without a person seeing them, or at all. */
export const findDisplay = async (): Promise<{ path: string } | Missing> => {
  if (process.platform !== 'linux') return { path: 'native' };
  const xvfb = await findXvfb();
  if (isFound(xvfb)) return xvfb;
  return process.env.DISPLAY === undefined ? xvfb : { path: process.env.DISPLAY };
};

/**
 * Starts a virtual display, by default of 1920 x 1080 pixels; where there is no Xvfb, uses the display that is there.
 * Rejects where there is neither: ask {@link findDisplay} first.
 */
export const startDisplay = async (size: ScreenSize = [1920, 1080]): Promise<Display> => {
  if (process.platform !== 'linux') return noDisplay;
  const xvfb = await findXvfb();
  if (isFound(xvfb)) return startXvfb(xvfb.path, size);
  if (process.env.DISPLAY === undefined) throw new Error(xvfb.missing);
  return noDisplay;
};
