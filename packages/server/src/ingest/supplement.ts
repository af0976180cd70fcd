import {
  type Components,
  type Environment,
  type Event,
  type SignalName,
  type SupplementAnswer,
  WireSupplement,
  type Workspace,
  weightsOf,
} from '@whorl/contract';
import { type JudgeFailure, type JudgeOptions, rejudge } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { checkProof, SUPPLEMENT_WINDOW } from '../keys/proof.ts';
import type { Store } from '../storage/store.ts';
import { checkComponents } from './check-components.ts';
import { ignoredIn, type ReportIgnored } from './ignored-evidence.ts';
import { type Outcome, refuse } from './ingest-error.ts';
import type { ReportFailure } from './judge-failure.ts';
import { firstFault, parseBody } from './receive.ts';
import { sealingKeyOf } from './sealing-key.ts';

const wire = Compile(WireSupplement);

/** What a supplement may add: sources that the observation lacks or that failed, never one that it already showed. */
const additions = (event: Event, sent: Components): Components => {
  const added = Object.entries(sent).filter(([name]) => {
    const before = event.attributes[name];
    // The probe goes on after the answer; its later state replaces the earlier one, and rejudging never forgets a hit.
    return before === undefined || 'error' in before || name === 'developerTools';
  });
  return Object.fromEntries(added);
};

/** What taking late evidence needs. */
export type SupplementParts = {
  store: Store;
  proofSecret: Buffer;
  reportFailure: ReportFailure;
  reportIgnored: ReportIgnored;
  judgeOptions?: JudgeOptions | undefined;
};

/**
 * Late evidence of an event: sources that took longer than the answer could wait, such as the developer-tools probe.
 * The proof shows that the sender is the page that made the event; each event can be supplemented once, within
 * {@link SUPPLEMENT_WINDOW}.
 */
export const supplement = async (
  delivery: { workspace: Workspace; environment: Environment; publicKey: string; body: Buffer; time: number },
  { store, proofSecret, reportFailure, reportIgnored, judgeOptions }: SupplementParts,
): Promise<Outcome<SupplementAnswer>> => {
  const parsed = parseBody(delivery.body);
  if (!parsed.ok) return parsed;
  const envelope = parsed.value;
  if (!wire.Check(envelope)) return refuse('RequestCannotBeParsed', firstFault(wire.Errors(envelope)));
  const { workspace, environment, publicKey, time } = delivery;
  const { requestId } = envelope;
  if (!checkProof(proofSecret, publicKey, requestId, envelope.proof)) {
    return refuse('RequestNotFound', 'no event of this key has this request id and proof');
  }

  // Only what a page collects can come late: no signal that rests on a mobile client's sections is judged twice.
  const sent = checkComponents(envelope.sources, 'js');
  let refusal: ReturnType<typeof refuse> | undefined;
  let updated: SignalName[] = [];
  let failures: JudgeFailure[] = [];
  const weights = weightsOf(workspace.suspectWeights);
  const stored = await store.reviseEvent(environment.workspaceId, requestId, (event) => {
    if (event.updates.some(({ by }) => by === 'supplement')) {
      refusal = refuse('AlreadySupplemented', 'this event has had its supplement');
      return undefined;
    }
    if (time - event.time > SUPPLEMENT_WINDOW) {
      refusal = refuse('RequestNotFound', `an event can be supplemented for ${SUPPLEMENT_WINDOW / 1000} seconds`);
      return undefined;
    }
    const revised = rejudge(event, additions(event, sent), { weights, ...judgeOptions });
    updated = revised.changed;
    failures = revised.failures;
    return { ...revised.event, updates: [...event.updates, { time, by: 'supplement', fields: revised.changed }] };
  });
  if (refusal !== undefined) return refusal;
  if (stored === undefined) return refuse('RequestNotFound', 'request id not found');
  for (const failure of failures) reportFailure({ ...failure, requestId });
  const ignored = ignoredIn(envelope.sources, sent);
  if (ignored.length > 0) reportIgnored({ requestId, sources: ignored });
  // Which signals changed is a part of what a sealed result keeps from the page.
  if (sealingKeyOf(workspace, environment) !== null) return { ok: true, value: { requestId, updated: [] } };
  const shown = updated.filter((name) => !workspace.disabledFeatures.includes(name));
  return { ok: true, value: { requestId, updated: shown } };
};
