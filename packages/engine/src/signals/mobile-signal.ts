import type { Evidence, Json, MobileSection, MobileSectionName, Signal, SignalData, SignalName } from '@whorl/contract';
import { anyOf, evidence, share } from '../evidence.ts';
import { type Facts, type ReportSignature, sectionValue } from '../facts.ts';
import { clear, detected, type SignalFacts, type SignalJudge, unknown } from './signal-judge.ts';

/**
 * How far the reports of an app are believed. Nobody vouches for the app that sent them, so all of it can be forged.
 * What speaks against the sender is seldom invented; what speaks for it is what a manipulated app would say.
 */
const MOST_FOUND = 0.9;
const MOST_CLEAR = 0.5;

/** From here on the chance that one at least of the indications is right is enough for a verdict. */
export const ENOUGH = 0.6;

/** Products that are a bare verdict. */
type VerdictName = { [N in SignalName]: Record<string, never> extends SignalData[N] ? N : never }[SignalName];

/** What an app reported. */
export const reported = (fact: string, value: Json, weight: number): Evidence => evidence(fact, value, weight, 'app');

/** What a section comes to: its evidence, and where the weights alone do not decide, whether it is enough. */
export type Finding = { found: Evidence[]; fires?: boolean };

/**
 * Makes the judge of a product that only some platforms can have: elsewhere it is clear for certain, because the
 * platform cannot have it.
 */
export const mobileSignal =
  <N extends SignalName>(
    platforms: readonly Facts['platform'][],
    data: SignalData[N],
    judgeApp: (facts: SignalFacts) => Signal<SignalData[N]>,
  ): SignalJudge<N> =>
  (facts) =>
    platforms.includes(facts.platform)
      ? judgeApp(facts)
      : clear(data, 1, [evidence('platform cannot have it', facts.platform, -1, facts.platform)]);

/** Why nothing can be said from a section: it failed on the device, departed from its form, or was not sent. */
export const sectionMissing = ({ components }: Pick<Facts, 'components'>, name: MobileSectionName): Evidence => {
  const component = components[name];
  if (component !== undefined && 'error' in component) {
    return reported(`app’s section ${name} failed`, component.error.name, 0);
  }
  return component !== undefined && 'value' in component
    ? reported(`app’s section ${name} lacks what is needed`, null, 0)
    : reported(`app’s section ${name} was not sent`, null, 0);
};

/** That nobody vouches for the app. A token is kept for its readers, but was not verified here. */
const notAttested = (facts: Pick<Facts, 'components'>): Evidence =>
  reported('app is not attested: what it reports can be forged', sectionValue(facts, 'attest')?.kind ?? null, 0);

const SIGNATURE_FACTS: Record<ReportSignature, string> = {
  valid: 'report arrived as it was written, by somebody with the app’s signing key',
  wrong: 'report was changed on the way, or signed with another key than the app’s',
  missing: 'report is not signed, although its public key requires a signature',
};

/** Whether a report arrived as it was written, where the app signed it. The key lies in the app, so it vouches for no more. */
const signedReport = ({ reportSignature }: Pick<Facts, 'reportSignature'>): Evidence[] => {
  if (reportSignature === undefined) return [];
  return [evidence(SIGNATURE_FACTS[reportSignature], reportSignature, 0, 'signature')];
};

/** What is to be known of every report beside what it says: whether it was signed, and that nobody vouches for its sender. */
export const standing = (facts: Pick<Facts, 'components' | 'reportSignature'>): Evidence[] => [
  ...signedReport(facts),
  notAttested(facts),
];

/** Confidence in a report against its sender, capped. */
export const foundShare = (weight: number): number => share(Math.min(weight, MOST_FOUND));

/** Confidence in a report in its sender's favour, capped. */
export const clearShare = (weight: number): number => share(Math.min(weight, MOST_CLEAR));

/**
 * Makes the judge of a bare verdict from one section. `look` gives what was found, in which nothing of positive weight
 * means that all was looked at and harmless; undefined where none of the probes ran. Unknown then, and where the section
 * was not sent.
 */
export const sectionVerdict = <N extends VerdictName, S extends MobileSectionName>(
  platforms: readonly Facts['platform'][],
  section: S,
  look: (value: MobileSection<S>, facts: SignalFacts) => Finding | undefined,
): SignalJudge<N> => {
  // The cast is the meaning of VerdictName: nothing stands beside the verdict.
  const data = {} as SignalData[N];
  return mobileSignal<N>(platforms, data, (facts) => {
    const value = sectionValue(facts, section);
    const finding = value === undefined ? undefined : look(value, facts);
    if (finding === undefined) return unknown(data, [sectionMissing(facts, section)]);
    const chance = anyOf(finding.found);
    const shown = [...finding.found, ...standing(facts)];
    return (finding.fires ?? chance >= ENOUGH)
      ? detected(data, foundShare(chance), shown)
      : clear(data, clearShare(1 - chance), shown);
  });
};

/** Whether a probe ran. */
export const ran = (...probes: readonly unknown[]): boolean => probes.some((probe) => probe !== undefined);

/** Evidence of hits, or of their absence; none where the probe did not run. */
export const hits = (fact: string, values: readonly string[] | undefined, weight: number): Evidence[] => {
  if (values === undefined) return [];
  return values.length > 0 ? [reported(fact, values.slice(0, 8), weight)] : [reported(fact, [], -0.3)];
};
