import { describe, expect, it } from 'vitest';
import { documentedOperations } from '../testing/documented-operations.ts';
import { registeredRoutes } from '../testing/registered-routes.ts';
import { useTestServer } from '../testing/use-test-server.ts';

const { server } = useTestServer();

/** What belongs to no API that customers' servers call. */
const OTHERS = [
  /^GET \/$/,
  /^GET \/(?:livez|readyz|metrics)$/,
  /^(?:POST|OPTIONS) \/ingest\/v1/,
  /^GET \/(?:v3|v4|web\/v4)\/:publicKey(?:\/:loader)?$/,
  /^GET \/agent\//,
  /^(?:GET|POST) \/demo/,
  /^GET \/docs/,
];

/** Addresses that end before their id: they have routes, so that they get the error that says so. */
const WITHOUT_ID = [
  'GET /events',
  'PUT /events',
  'GET /visitors',
  'DELETE /visitors',
  'PATCH /v4/events',
  'DELETE /v4/visitors',
];

/** Parameters have names of their own in routes. */
const normal = (route: string): string => route.replace(/:[a-zA-Z]+|\{[a-zA-Z_]+\}/g, '{}');

describe('the OpenAPI documents', () => {
  it('hold every route of the APIs, and no other', () => {
    const routes = registeredRoutes(server().app)
      .filter((route) => !OTHERS.some((other) => other.test(route)) && !WITHOUT_ID.includes(route))
      .map(normal)
      .sort();
    const documented = documentedOperations.map(({ method, path }) => normal(`${method} ${path}`)).sort();
    expect(routes.length).toBeGreaterThan(30);
    expect(routes).toEqual(documented);
  });

  it('leave out only what is there', () => {
    const routes = registeredRoutes(server().app);
    for (const other of OTHERS)
      expect(
        routes.some((route) => other.test(route)),
        String(other),
      ).toBe(true);
    for (const route of WITHOUT_ID) expect(routes).toContain(route);
  });
});
