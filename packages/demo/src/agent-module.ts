import type { IngestAnswer } from '@whorl/contract';
import { type Failure, failureOfAnswer, failureOfThrown } from './failure.ts';
import type { Site } from './site.ts';

/** The part of the agent's module `{base}v3/{key}` that this page uses; any site imports it in this way. */
export type AgentModule = {
  load(options: { onAnswer(answer: IngestAnswer): void }): Promise<Agent>;
};
export type Agent = {
  get(options: { extendedResult: true; tag: { page: string } }): Promise<{ requestId: string }>;
};

/** How one visit ended: the server's answer, whose `proof` allows this page to read its own event. */
export type Visit = { answer: IngestAnswer };

/** A loaded agent, ready to visit. */
export type Visitor = { visit(): Promise<Visit | Failure> };

let attempts = 0;

const explainRefusal = async (address: string, thrown: unknown): Promise<Failure> => {
  // An import fails without saying why: ask once more as plain text to learn the server's own words.
  try {
    const response = await fetch(address, { cache: 'no-store' });
    if (response.ok) return failureOfThrown('agent', thrown);
    return failureOfAnswer('agent', response.status, await response.json().catch(() => null));
  } catch {
    return failureOfThrown('agent', new Error('Network connection error'));
  }
};

/** Loads the agent from the server. Every call loads anew, so that what the page forgot the agent forgets too. */
export const loadAgent = async (site: Site): Promise<Visitor | Failure> => {
  const address = `${site.base}v3/${site.publicKey}`;
  // Browsers remember a failed import by its address.
  const fresh = attempts === 0 ? address : `${address}?attempt=${attempts}`;
  let answer: IngestAnswer | undefined;
  let agent: Agent;
  try {
    const module: AgentModule = await import(fresh);
    agent = await module.load({ onAnswer: (given) => (answer = given) });
  } catch (thrown) {
    attempts += 1;
    return explainRefusal(address, thrown);
  }
  const visit = async (): Promise<Visit | Failure> => {
    try {
      const { requestId } = await agent.get({ extendedResult: true, tag: { page: 'demo' } });
      if (answer?.requestId === requestId) return { answer };
      return failureOfThrown('visit', new Error('Response cannot be parsed'));
    } catch (thrown) {
      return failureOfThrown('visit', thrown);
    }
  };
  return { visit };
};
