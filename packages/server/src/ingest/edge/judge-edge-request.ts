import { EDGE_EVENT_VERSION, type EdgeEvent } from '@whorl/contract';
import { fieldValue, type JudgeFailure, judgeRequest } from '@whorl/engine';
import type { AgentKeys } from '../../lookup/agent-keys.ts';
import { verifyAgentSignature } from '../../lookup/verify-agent-signature.ts';
import type { NetworkLookup } from '../enrich.ts';
import { signedRequest } from '../signed-request.ts';
import { keptHeaders } from './kept-headers.ts';
import { networkOf } from './network-of.ts';
import type { ReportedRequest } from './read-edge-request.ts';

/** Whose request it is, and when it came (unix milliseconds). */
export type EdgeOrigin = { workspaceId: string; environmentId: string | null; time: number };

/** An event that has no id yet. */
export type EdgeDraft = Omit<EdgeEvent, 'id'>;

/** What a judgement gives: the event to be, and what failed on the way. */
export type EdgeJudgement = { draft: EdgeDraft; failures: JudgeFailure[] };

/** What a judgement of requests needs besides the request. */
export type EdgeKnowledge = { lookup: NetworkLookup; agentKeys: AgentKeys };

/** Judges a reported request by its headers and addresses. Nothing is fetched, nothing is stored. */
export const judgeEdgeRequest = (
  request: ReportedRequest,
  { workspaceId, environmentId, time }: EdgeOrigin,
  { lookup, agentKeys }: EdgeKnowledge,
): EdgeJudgement => {
  const network = networkOf(request.addresses, time, lookup);
  const { bot, signals, failures } = judgeRequest({
    time,
    network,
    userAgent: fieldValue(request.headers, 'user-agent'),
    signature: verifyAgentSignature(signedRequest(request.method, request.url, request.headers), time, agentKeys),
  });
  const draft: EdgeDraft = {
    version: EDGE_EVENT_VERSION,
    time,
    workspaceId,
    environmentId,
    url: request.url,
    method: request.method,
    ip: network.address,
    headers: keptHeaders(request.headers),
    ...(request.linkedId === null ? {} : { linkedId: request.linkedId }),
    tag: request.tag,
    ...(bot === undefined ? {} : { botInfo: bot.info }),
    signals,
  };
  return { draft, failures };
};
