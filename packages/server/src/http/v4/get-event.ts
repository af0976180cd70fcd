import {
  type Json,
  REQUEST_ID_PATTERN,
  RULESET_ID_PATTERN,
  type Ruleset,
  type V4Event,
  v4Errors,
} from '@whorl/contract';
import { compileRuleset } from '@whorl/engine';
import type { Store } from '../../storage/store.ts';
import { v4EdgeView } from '../../views/v4/edge-view.ts';
import { v4EventView } from '../../views/v4/event-view.ts';
import { ruleActionView } from '../../views/v4/rule-action-view.ts';
import type { Access } from '../server-api/access.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { requireFeature } from './access-of.ts';
import { EventNotFoundError, RequestCannotBeParsedError, RulesetNotFoundError } from './errors.ts';

const EVENT_ID = new RegExp(REQUEST_ID_PATTERN);
const RULESET_ID = new RegExp(RULESET_ID_PATTERN);

/** Throws where a text has not the form of an event id. */
export const checkEventId = (id: string): void => {
  if (!EVENT_ID.test(id)) throw new RequestCannotBeParsedError(v4Errors.invalidEventId.message);
};

/** The ruleset of an id as it came in the query; undefined where none was asked for. */
const rulesetOf = async (store: Store, access: Access, id: unknown): Promise<Ruleset | undefined> => {
  if (id === undefined) return undefined;
  requireFeature(access, 'rules');
  const found =
    typeof id === 'string' && RULESET_ID.test(id) ? await store.ruleset(access.workspace.id, id) : undefined;
  if (found === undefined) throw new RulesetNotFoundError();
  return found;
};

/** The event of an id in v4's form, whether a client or a server asked for it. */
const viewOf = async (store: Store, access: Access, id: string): Promise<V4Event> => {
  const event = await store.event(access.scope, id);
  if (event !== undefined) return v4EventView(event, viewOptions(access));
  const edgeEvent = await store.edgeEvent(access.scope, id);
  if (edgeEvent === undefined) throw new EventNotFoundError();
  return v4EdgeView(edgeEvent, viewOptions(access));
};

/**
 * What `GET /v4/events/{event_id}` answers. Rules look at what is answered, so a product that is switched off decides
 * nothing. Throws the v4 errors.
 *
 * @param rulesetId as it came in the query
 */
export const getEvent = async (store: Store, access: Access, id: string, rulesetId: unknown): Promise<V4Event> => {
  checkEventId(id);
  const ruleset = await rulesetOf(store, access, rulesetId);
  const view = await viewOf(store, access, id);
  if (ruleset === undefined) return view;
  // Views are made of JSON; their types have no index signature that would say so.
  const outcome = compileRuleset(ruleset)(view as { [K in keyof V4Event]: Json });
  return { ...view, rule_action: ruleActionView(outcome) };
};
