import type { MobileSection } from '@whorl/contract';
import { sectionValue } from '../facts.ts';
import { rootChecks } from '../network/root-checks.ts';
import { isRootPackage } from '../network/root-packages.ts';
import { hits, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalFacts, SignalJudge } from './signal-judge.ts';

type Root = MobileSection<'root'>;

/** Weights from here on are enough alone. */
const TELLING = 0.7;

/** Builds for development bring an `su` along, so there it says nothing of the user. */
const isDevelopmentBuild = (facts: SignalFacts): boolean => {
  const build = sectionValue(facts, 'device');
  return build?.type === 'userdebug' || build?.type === 'eng';
};

/** An `su`, where the build is for users. */
const suFacts = ({ suPaths }: Root, facts: SignalFacts) => {
  const development = isDevelopmentBuild(facts);
  if (suPaths === undefined || suPaths.length === 0 || !development) return hits('su is in place', suPaths, 0.7);
  return [reported('su is in place, as it is in every build for development', suPaths.slice(0, 8), 0.1)];
};

/** The same by the checks of a library, which tells no paths. */
const suChecks = ({ checks }: Root, facts: SignalFacts) => {
  const made = rootChecks(checks, 'su');
  if (made === undefined || made.found.length === 0 || !isDevelopmentBuild(facts)) {
    return hits('checks of a library found an su', made?.found, made?.weight ?? 0);
  }
  return [reported('checks of a library found an su, as it is in every build for development', made.found, 0.1)];
};

const appChecks = ({ checks }: Root) => {
  const made = rootChecks(checks, 'telling');
  return hits('checks of a library found apps or files for root', made?.found, made?.weight ?? 0);
};

/** What root leaves, and what a system for development, or one of the owner's own making, has too. */
const systemFacts = ({ properties, systemWritable, checks }: Root, facts: SignalFacts) => {
  const found = [];
  if (systemWritable === true) found.push(reported('system is mounted for writing', true, 0.3));
  if (properties?.['ro.debuggable'] === '1') found.push(reported('ro.debuggable', '1', 0.1));
  const state = properties?.['ro.boot.verifiedbootstate'];
  if (state === 'orange') found.push(reported('boot loader is unlocked', state, 0.2));
  const tags = sectionValue(facts, 'device')?.tags;
  if (tags?.includes('test-keys') === true) {
    found.push(reported('build is signed with the public test keys', tags, 0.2));
  }
  const made = rootChecks(checks, 'system');
  if (made !== undefined && made.found.length > 0) {
    found.push(reported('checks of a library found a changed system', made.found, made.weight));
  }
  return found;
};

/**
 * Whether apps that grant, need or hide root are installed: by their packages, by the files of Magisk, which renames
 * its own package, or by an `su` in a build for users. A writable system, an open boot loader and test keys only support:
 * owners of other systems than the maker's have them without root. Android only.
 */
export const judgeRootApps: SignalJudge<'rootApps'> = sectionVerdict(['android'], 'root', (root, facts) => {
  const { packages, magiskPaths, suPaths, checks } = root;
  const checked = rootChecks(checks, 'telling') ?? rootChecks(checks, 'su');
  if (!ran(packages, magiskPaths, suPaths, checked)) return undefined;
  const telling = [
    ...hits('apps for root are installed', packages?.filter(isRootPackage), 0.9),
    ...hits('files of Magisk', magiskPaths, 0.8),
    ...suFacts(root, facts),
    ...appChecks(root),
    ...suChecks(root, facts),
  ];
  return { found: [...telling, ...systemFacts(root, facts)], fires: telling.some(({ weight }) => weight >= TELLING) };
});
