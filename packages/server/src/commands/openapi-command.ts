import { managementDocument, v3Document, v4Document } from '@whorl/contract';
import { Argument, Command } from 'commander';

const documents = { v3: v3Document, v4: v4Document, management: managementDocument } as const;

/** `whorl openapi`: the OpenAPI documents of the server's APIs. */
export const openapiCommand = (): Command =>
  new Command('openapi')
    .addArgument(new Argument('<api>', 'which API').choices(Object.keys(documents)))
    .description('print the OpenAPI 3.1 document of an API as JSON')
    .action((api: keyof typeof documents) => {
      process.stdout.write(`${JSON.stringify(documents[api](), null, 2)}\n`);
    });
