import { ruleOperators } from '@whorl/contract';
import { ruleFields, ruleOperator } from '@whorl/engine';
import { Command } from 'commander';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { table } from './table.ts';

/** Every field with what conditions can do with it; what customers put below `tags` is added as one line. */
const fieldList = () =>
  [...ruleFields, ['tags.*', { kind: 'free' }] as const].map(([path, field]) => ({
    field: path,
    kind: field.kind,
    values: 'oneOf' in field ? field.oneOf : undefined,
    operators: ruleOperators.filter((name) => ruleOperator(name).kinds.includes(field.kind)),
  }));

/** `whorl ruleset fields`: what conditions can be about. */
export const rulesetFieldsCommand = (): Command =>
  new Command('fields')
    .description('list the fields that conditions can name')
    .option(...jsonOption)
    .action((options: OutputOptions) => {
      const fields = fieldList();
      const rows = fields.map(({ field, kind, values = [] }) => [field, kind, values.join(' ')]);
      print(options, fields, table(['FIELD', 'KIND', 'VALUES'], rows, ''));
    });
