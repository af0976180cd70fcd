import { type SchemaError, schemaFaults } from '@whorl/contract';

/** `/headers/0/name` as `headers[0].name`. */
const nameOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');

/** So much of a field's name is repeated: the client may have sent any. */
const SHOWN = 100;

/** The first thing that a schema found wrong, as a sentence for whoever wrote the client. It names the field. */
export const describeFault = (errors: readonly SchemaError[]): string => {
  const [fault] = schemaFaults(errors);
  if (fault === undefined) return 'request body is not valid';
  const name = nameOf(fault.field);
  if (fault.kind === 'unknown') return `request body contains an unknown field "${name.slice(0, SHOWN)}"`;
  if (fault.kind === 'missing') return `${name} is required`;
  return `${name === '' ? 'request body' : name} ${fault.problem}`;
};
