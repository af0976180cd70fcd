/** What a schema found wrong, as TypeBox says it. */
type Fault = { keyword: string; instancePath: string; message: string; params: object };

/** `/headers/0/name` as `headers[0].name`. */
const fieldOf = (path: string): string =>
  path
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');

const within = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);

const firstName = (names: unknown): string => (Array.isArray(names) ? String(names[0]) : '');

/** So much of a field's name is repeated: the client may have sent any. */
const SHOWN = 100;

/** The first thing that a schema found wrong, as a sentence for whoever wrote the client. It names the field. */
export const describeFault = (faults: readonly Fault[]): string => {
  const fault = faults[0];
  if (fault === undefined) return 'request body is not valid';
  const field = fieldOf(fault.instancePath);
  const params = fault.params as { requiredProperties?: unknown; limit?: unknown };
  // A field that is not in a closed schema is held against the schema `false`.
  if (fault.keyword === 'boolean') return `request body contains an unknown field "${field.slice(0, SHOWN)}"`;
  if (fault.keyword === 'required') return `${within(field, firstName(params.requiredProperties))} is required`;
  if (fault.keyword === 'maxLength') return `${field} can't be greater than ${String(params.limit)} characters long`;
  return `${field === '' ? 'request body' : field} ${fault.message}`;
};
