/** Milliseconds since the page's time origin. Coarse in browsers that resist fingerprinting; never goes backwards. */
export const now = (): number => performance.now();

/** Milliseconds to a tenth: finer digits are noise, and bytes on the wire. */
export const roundMs = (ms: number): number => Math.max(0, Math.round(ms * 10) / 10);

/** Resolves after `ms` milliseconds, later in a hidden page, where browsers slow timers down. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Lets the browser do what waits: paint, input, messages. A message channel is used because nested timers are held back
 * to 4 ms each, which a hundred yields would make felt.
 */
export const yieldToPage = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
