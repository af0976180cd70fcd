import type { Evidence, MobileSection } from '@whorl/contract';
import { sectionValue } from '../facts.ts';
import { hits, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalFacts, SignalJudge } from './signal-judge.ts';

/** What jailbreaks and their shops put in place. https://ios.cfw.guide, and the layout of rootless systems */
const paths = [
  /\/Applications\/(?:Cydia|Sileo|Zebra|Filza|blackra1n|palera1n|Dopamine|unc0ver)/i,
  /\/var\/jb(?:\/|$)/,
  /\/private\/preboot\/(?:jb|.*procursus)/,
  /MobileSubstrate|TweakInject|libhooker|ellekit|libsubstitute/i,
  /libjailbreak|jailbreakd|\.installed_unc0ver|\.bootstrapped_electra|\.procursus_strapped/,
  /\/private\/var\/(?:stash|binpack|lib\/(?:apt|cydia))/,
  /\/etc\/apt(?:\/|$)|\/bin\/bash$|\/usr\/sbin\/sshd$|\/usr\/libexec\/(?:cydia|sftp-server|ssh-keysign)/,
];

const schemes: ReadonlySet<string> = new Set(['cydia', 'sileo', 'zbra', 'filza', 'undecimus', 'activator', 'xina']);

/** Libraries that load changes into every app. */
const loaders = /(?:MobileSubstrate|SubstrateLoader|SubstrateInserter|TweakInject|libhooker|ellekit|libsubstitute)/i;

/** The scheme alone, whether it was written with a colon or with what follows one. */
const schemeOf = (written: string): string => (written.split(':')[0] ?? '').toLowerCase();

const sandboxFacts = ({ sandboxWrite, fork }: MobileSection<'jailbreak'>): Evidence[] => [
  ...(sandboxWrite === undefined
    ? []
    : [reported('app can write outside of its sandbox', sandboxWrite, sandboxWrite ? 0.85 : -0.3)]),
  ...(fork === undefined ? [] : [reported('app can start processes', fork, fork ? 0.85 : -0.3)]),
];

const loaderFacts = (facts: SignalFacts): Evidence[] => {
  const loaded = sectionValue(facts, 'hook')?.dylibs?.filter((library) => loaders.test(library)) ?? [];
  return loaded.length > 0 ? [reported('libraries that change apps are loaded', loaded.slice(0, 8), 0.8)] : [];
};

/**
 * Whether the device is jailbroken: a sandbox that lets through what it should not, files of a jailbreak, libraries
 * that change apps. A URL scheme alone is not enough, since any app may register it. Unknown in Apple's simulator, whose
 * files are those of the Mac beneath. iOS only.
 */
export const judgeJailbroken: SignalJudge<'jailbroken'> = sectionVerdict(['ios'], 'jailbreak', (traces, facts) => {
  const isSimulator = sectionValue(facts, 'device')?.simulator === true;
  const { paths: seen, urlSchemes, sandboxWrite, fork } = traces;
  if (isSimulator || !ran(seen, urlSchemes, sandboxWrite, fork)) return undefined;
  return {
    found: [
      ...sandboxFacts(traces),
      ...hits(
        'files of a jailbreak',
        seen?.filter((path) => paths.some((known) => known.test(path))),
        0.7,
      ),
      ...hits(
        'URL schemes of a jailbreak’s apps',
        urlSchemes?.filter((scheme) => schemes.has(schemeOf(scheme))),
        0.3,
      ),
      ...loaderFacts(facts),
    ],
  };
});
