import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { NetworkDataError } from './network-data-error.ts';

/** An Ed25519 key as a JSON Web Key (RFC 8037). */
type Ed25519Jwk = { kty: 'OKP'; crv: 'Ed25519'; x: string };

/** 32 bytes in base64url, as the key's only coordinate is written. */
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;

const isEd25519 = (jwk: unknown): jwk is Ed25519Jwk =>
  typeof jwk === 'object' &&
  jwk !== null &&
  'kty' in jwk &&
  jwk.kty === 'OKP' &&
  'crv' in jwk &&
  jwk.crv === 'Ed25519' &&
  'x' in jwk &&
  typeof jwk.x === 'string' &&
  COORDINATE.test(jwk.x);

/** The name of a key by its content, base64url (RFC 7638; the members of an Ed25519 key by RFC 8037, A.3). */
export const jwkThumbprint = ({ crv, kty, x }: Ed25519Jwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

/** Keys that agents sign with, by the origin of the directory that publishes them and by their thumbprint. */
export type AgentKey = { agent: string; key: KeyObject };

const ORIGIN = /^https:\/\/[a-z0-9.-]+(?::\d+)?$/;

/**
 * Directories that come with the server. A directory is what the operator publishes under
 * `/.well-known/http-message-signatures-directory`; this one as it was on 2026-09-11.
 */
const bundledDirectories = {
  'https://chatgpt.com': {
    keys: [{ kty: 'OKP', crv: 'Ed25519', x: '7F_3jDlxaquwh291MiACkcS3Opq88NksyHiakzS-Y1g' }],
  },
};

/** The public keys of agents, held in memory. Nothing is fetched. */
export class AgentKeys {
  readonly #directories = new Map<string, Map<string, KeyObject>>();

  /**
   * Takes the keys of an agent's directory in place of those known before. Keys of other kinds than Ed25519 are passed
   * over. The times within which a directory says a key holds are not looked at: a copy would run out within days, and
   * who keeps the copy decides how long it is good.
   *
   * @throws NetworkDataError where it has no list of keys
   */
  put(agent: string, directory: unknown): void {
    const keys =
      typeof directory === 'object' && directory !== null && 'keys' in directory ? directory.keys : undefined;
    if (!ORIGIN.test(agent)) throw new NetworkDataError(`"${agent}" is no origin, such as https://agent.example`);
    if (!Array.isArray(keys)) throw new NetworkDataError(`the directory of ${agent} has no list of "keys"`);
    const usable = keys.filter(isEd25519);
    const entries = usable.map((jwk) => [jwkThumbprint(jwk), createPublicKey({ key: jwk, format: 'jwk' })] as const);
    this.#directories.set(agent, new Map(entries));
  }

  /** The key of this thumbprint in the agent's directory, or in any where no agent is named. */
  find(agent: string | null, keyId: string): AgentKey | undefined {
    const origins = agent === null ? [...this.#directories.keys()] : [agent];
    for (const origin of origins) {
      const key = this.#directories.get(origin)?.get(keyId);
      if (key !== undefined) return { agent: origin, key };
    }
    return undefined;
  }
}

/** The keys that come with the server, and above them those of the operator's file. */
export const createAgentKeys = (own: unknown = {}): AgentKeys => {
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    throw new NetworkDataError('the file is no JSON object of directories by their origin');
  }
  const keys = new AgentKeys();
  for (const [agent, directory] of Object.entries({ ...bundledDirectories, ...own })) keys.put(agent, directory);
  return keys;
};

/**
 * Loads the keys of agents. `file`: a JSON object of directories by their origin, or null for the bundled ones alone.
 * Rejects with NetworkDataError where the file is no good.
 */
export const openAgentKeys = async (file: string | null): Promise<AgentKeys> => {
  if (file === null) return createAgentKeys();
  try {
    return createAgentKeys(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkDataError(
      `WHORL_AGENT_KEYS: ${file} cannot be used (${why}). Give a JSON object such as {"https://agent.example": {"keys": […]}}, or unset it.`,
      { cause },
    );
  }
};
