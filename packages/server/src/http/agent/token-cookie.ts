import type { Environment } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As long as browsers let a cookie live: 400 days, in seconds. */
const MAX_AGE = 400 * 24 * 60 * 60;

/** One cookie for each environment, so that several on one server do not overwrite each other. */
const cookieName = (environment: Environment): string => `whorl_t_${environment.id.slice(3)}`;

/** The token in our cookie, or undefined. */
export const readTokenCookie = (request: FastifyRequest, environment: Environment): string | undefined => {
  const wanted = `${cookieName(environment)}=`;
  const pair = (request.headers.cookie ?? '').split(';').find((part) => part.trimStart().startsWith(wanted));
  return pair?.trim().slice(wanted.length);
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
