import { pause } from '../clock.ts';

/** Milliseconds: browsers report a violation as a task of its own, after the request has failed. */
const REPORT_DELAY = 20;

/** Listens whether the page's Content-Security-Policy forbids requests to `url`. Stop it by asking for the answer. */
export const watchCsp = (url: string): { wasBlocked(): Promise<boolean>; stop(): void } => {
  const { origin } = new URL(url);
  let isBlocked = false;
  const listen = ({ blockedURI, effectiveDirective, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition === 'enforce' && effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)) {
      isBlocked = true;
    }
  };
  const stop = () => document.removeEventListener('securitypolicyviolation', listen);
  document.addEventListener('securitypolicyviolation', listen);
  return {
    stop,
    wasBlocked: async () => {
      if (!isBlocked) await pause(REPORT_DELAY);
      stop();
      return isBlocked;
    },
  };
};
