import type { Evidence, MobileSection } from '@whorl/contract';
import { ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

type App = MobileSection<'app'>;

/** Ids of the users that makers' own doubling of apps runs in: Samsung 95 to 99, Huawei 128, Xiaomi and OnePlus 999. */
const doublingUsers: ReadonlySet<number> = new Set([95, 96, 97, 98, 99, 128, 999]);

/** Uids are 100,000 for each user (`UserHandle.PER_USER_RANGE`), and the app's own within. */
const UIDS_PER_USER = 100_000;

/** Where Android keeps an app's data, on the device or on storage that was adopted: the user's id, and the package. */
const dataDirectory = /^(?:\/data|\/mnt\/expand\/[^/]{1,64})\/(?:data|user(?:_de)?\/(\d{1,5}))\/([^/]{1,256})\/?$/;

const userOf = ({ userId, uid, dataDir }: App): number | undefined => {
  if (userId !== undefined) return Math.floor(userId);
  if (uid !== undefined) return Math.floor(uid / UIDS_PER_USER);
  const written = dataDirectory.exec(dataDir ?? '')?.[1];
  return written === undefined ? undefined : Number(written);
};

const userFacts = (app: App): Evidence[] => {
  const user = userOf(app);
  if (user === undefined) return [];
  if (user === 0) return [reported('app runs as the device’s owner', 0, -0.3)];
  if (doublingUsers.has(user)) return [reported('app runs as a user made to double apps', user, 0.85)];
  return app.managedProfile === true
    ? [reported('app runs in a work profile, which apps that clone make too', user, 0.4)]
    : [reported('app runs in another profile than the owner’s', user, 0.6)];
};

const uidFacts = ({ userId, uid }: App): Evidence[] => {
  if (userId === undefined || uid === undefined || Math.floor(uid / UIDS_PER_USER) === Math.floor(userId)) return [];
  return [reported('uid is not one of the user’s', { userId, uid }, 0.7)];
};

const directoryFacts = ({ id, dataDir }: App): Evidence[] => {
  if (id === undefined || dataDir === undefined || dataDir === '') return [];
  return dataDirectory.exec(dataDir)?.[2] === id
    ? [reported('data lies in the app’s own directory', dataDir, -0.3)]
    : [reported('data lies in the directory of another app', dataDir, 0.85)];
};

const plainHash = (hash: string): string => hash.replaceAll(':', '').toLowerCase();

const signerFacts = ({ signers = [], expectedSigners = [] }: App): Evidence[] => {
  if (signers.length === 0 || expectedSigners.length === 0) return [];
  const expected = new Set(expectedSigners.map(plainHash));
  const foreign = signers.filter((signer) => !expected.has(plainHash(signer)));
  return foreign.length > 0
    ? [reported('app is signed by others than its makers', foreign.slice(0, 4), 0.85)]
    : [reported('app is signed by its makers', true, -0.3)];
};

/**
 * Whether the app is a clone of the installed one: it runs as another user than the device's owner, from a directory
 * that is not its own, or is signed by others. Any of them is enough, a work profile with the least confidence: that is
 * how both employers and apps that clone run a second copy. Android only.
 */
export const judgeClonedApp: SignalJudge<'clonedApp'> = sectionVerdict(['android'], 'app', (app) => {
  const found = [...userFacts(app), ...uidFacts(app), ...directoryFacts(app), ...signerFacts(app)];
  if (!ran(...found)) return undefined;
  return { found, fires: found.some(({ weight }) => weight > 0) };
});
