import { V4EdgeEvent, V4Event } from '@whorl/contract';
import { fieldsOf, type RuleField } from './fields-of.ts';

/** Texts that are addresses: networks can be asked for. */
const ADDRESSES = ['ip_address', 'ip_info.v4.address', 'ip_info.v6.address'];

/** What the server says of an event beside what it knows of it: rules are not asked about rules. */
const LEFT_OUT = /^(?:rule_action|labels)(?:\.|$)/;

const FREE = 'tags';

const merged = (one: RuleField | undefined, other: RuleField): RuleField =>
  one?.oneOf !== undefined && other.oneOf !== undefined
    ? { ...one, oneOf: [...new Set([...one.oneOf, ...other.oneOf])] }
    : (one ?? other);

const collect = (): ReadonlyMap<string, RuleField> => {
  const fields = new Map<string, RuleField>();
  for (const schema of [V4Event, V4EdgeEvent]) {
    for (const [path, field] of fieldsOf(schema)) {
      if (!LEFT_OUT.test(path)) fields.set(path, merged(fields.get(path), field));
    }
  }
  for (const path of ADDRESSES) if (fields.has(path)) fields.set(path, { kind: 'address' });
  return fields;
};

/** Every field that a condition can name, by its path: those of the v4 event, of browsers and of the edge. */
export const ruleFields: ReadonlyMap<string, RuleField> = collect();

/** The field of a path, or undefined when events have none. Below `tags` any path may be there. */
export const ruleField = (path: string): RuleField | undefined =>
  ruleFields.get(path) ?? (path.startsWith(`${FREE}.`) && !path.split('.').includes('') ? { kind: 'free' } : undefined);
