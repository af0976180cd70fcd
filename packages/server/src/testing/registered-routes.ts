import type { FastifyInstance } from 'fastify';

/** Four characters for each level that a line of the tree lies below the root. */
const INDENT = 4;

/** Every route of a server, as `GET /events/:requestId`. HEAD, which comes along with GET, is left out. */
export const registeredRoutes = (app: FastifyInstance): string[] => {
  const above: string[] = [];
  const lines = app.printRoutes({ commonPrefix: false }).split('\n');
  return lines.flatMap((line) => {
    const [, branches = '', part, methods] = /^([│├└─ ]*)(\S+) \(([A-Z, ]+)\)$/u.exec(line) ?? [];
    if (part === undefined || methods === undefined) return [];
    const depth = branches.length / INDENT;
    above.length = depth;
    above[depth - 1] = part;
    const path = above.join('').replaceAll('//', '/');
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${path}`);
  });
};
