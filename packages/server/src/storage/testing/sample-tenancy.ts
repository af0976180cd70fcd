import { type Environment, type Workspace, workspaceDefaults } from '@whorl/contract';
import { ENVIRONMENT, WORKSPACE } from './sample-event.ts';

/** A workspace as it is made, but for what a test says; with another id it has another name. */
export const sampleWorkspace = (traits: Partial<Workspace> = {}): Workspace => ({
  ...workspaceDefaults,
  disabledFeatures: [],
  id: WORKSPACE,
  name: `Obchod „U Víru“ 🌀 ${traits.id ?? WORKSPACE}`,
  region: 'us',
  createdAt: 1_700_000_000_000,
  ...traits,
});

/** An environment of that workspace; with another id it has another name. */
export const sampleEnvironment = (traits: Partial<Environment> = {}): Environment => ({
  id: ENVIRONMENT,
  workspaceId: WORKSPACE,
  name: traits.id ?? 'production',
  allowedOrigins: ['https://shop.example', 'https://shop.example:8443'],
  sealingKey: null,
  createdAt: 1_700_000_000_001,
  ...traits,
});
