import type { Sdk } from '@whorl/contract';
import { AGENT_VERSION } from './agent-version.ts';

type Integration = NonNullable<Sdk['integrations']>[number];

const MAX_INTEGRATIONS = 16;

/** `react-sdk/2.1.0/react/18.0.0`: a wrapper and its version, then what it wraps for and that one's version. */
export const parseIntegration = (info: string): Integration => {
  const [name, version, subName, subVersion] = info.split('/').map((part) => part.slice(0, 64));
  const named = (n: string | undefined, v: string | undefined) => ({
    ...(n ? { name: n } : {}),
    ...(v ? { version: v } : {}),
  });
  return { ...named(name, version), ...(subName ? { subintegration: named(subName, subVersion) } : {}) };
};

/** This agent and the wrappers around it, as every observation names them. */
export const sdkInfo = (integrationInfo: readonly string[] = []): Sdk => {
  const integrations = integrationInfo.slice(0, MAX_INTEGRATIONS).map(parseIntegration);
  return { platform: 'js', version: AGENT_VERSION, ...(integrations.length > 0 ? { integrations } : {}) };
};
