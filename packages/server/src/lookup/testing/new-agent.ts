import { generateKeyPairSync, sign } from 'node:crypto';
import { jwkThumbprint } from '../agent-keys.ts';

/** What a test changes of a signature. `time` in unix milliseconds. */
export type SignatureChange = { time?: number; tag?: string; nonce?: string; keyId?: string };

/** An agent with a key of its own, that signs requests as Web Bot Auth says. */
export const newAgent = (origin: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), use: 'sig' };
  const ownKeyId = jwkThumbprint(jwk as never);
  return {
    origin,
    keyId: ownKeyId,
    directory: { keys: [jwk] },
    /** The three headers of a signature that holds for a minute. */
    sign(
      url: URL,
      { time = Date.now(), tag = 'web-bot-auth', nonce = 'n', keyId = ownKeyId }: SignatureChange = {},
    ): { name: string; value: string }[] {
      const created = Math.floor(time / 1000);
      const parameters = `("@authority" "signature-agent");created=${created};expires=${created + 60};keyid="${keyId}";alg="ed25519";nonce="${nonce}";tag="${tag}"`;
      const base = [
        `"@authority": ${url.host}`,
        `"signature-agent": "${origin}"`,
        `"@signature-params": ${parameters}`,
      ].join('\n');
      return [
        { name: 'Signature-Agent', value: `"${origin}"` },
        { name: 'Signature-Input', value: `sig1=${parameters}` },
        { name: 'Signature', value: `sig1=:${sign(null, Buffer.from(base), privateKey).toString('base64')}:` },
      ];
    },
  };
};
