import type { Environment } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As long as browsers let a cookie live: 400 days, in seconds. */
const MAX_AGE = 400 * 24 * 60 * 60;

const PREFIX = 'whorl_t_';

/** One cookie for each environment, so that several on one server do not overwrite each other. */
const cookieName = (environment: Environment): string => `${PREFIX}${environment.id.slice(3)}`;

const cookiePairs = (request: FastifyRequest): string[] =>
  (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());

/** The token in our cookie, or undefined. */
export const readTokenCookie = (request: FastifyRequest, environment: Environment): string | undefined => {
  const wanted = `${cookieName(environment)}=`;
  return cookiePairs(request)
    .find((pair) => pair.startsWith(wanted))
    ?.slice(wanted.length);
};

/** Makes the browser drop every token cookie that it sent. */
export const dropTokenCookies = (request: FastifyRequest, reply: FastifyReply): void => {
  for (const pair of cookiePairs(request)) {
    const name = pair.split('=')[0] ?? '';
    // Only names that we could have given: the text goes back into a header.
    if (/^whorl_t_[0-9a-f]{16}$/.test(name)) reply.header('set-cookie', `${name}=; Path=/; Max-Age=0; HttpOnly`);
  }
};

/**
 * Sets the token cookie: out of reach of scripts, and kept by Safari for longer than what scripts write. From another
 * site it can only live with `SameSite=None; Secure`, partitioned by the visited site; over plain HTTP it is then left
 * out, and the page's own storage carries the token alone.
 */
export const writeTokenCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  environment: Environment,
  token: string,
): void => {
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  const secure = request.protocol === 'https';
  if (crossSite && !secure) return;
  const scope = crossSite ? 'SameSite=None; Secure; Partitioned' : secure ? 'SameSite=Lax; Secure' : 'SameSite=Lax';
  reply.header('set-cookie', `${cookieName(environment)}=${token}; Path=/; Max-Age=${MAX_AGE}; HttpOnly; ${scope}`);
};
