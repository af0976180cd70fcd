// Who may import whom. The rooms and their doors are described in CONTRIBUTING.md.

const tests = '\\.test\\.ts$|/testing/|store-suite\\.ts$';
const server = 'packages/server/src';

/** A room may import only from these places, besides itself, node's own modules and npm packages. */
const room = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: '^(packages|conformance|bench|scripts)/', pathNot: [from, ...allowed] },
});

const contract = '^packages/contract/';
const engine = '^packages/engine/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },

    room('contract-imports-nothing-of-ours', contract, []),
    room('agent-imports-contract', '^packages/agent/', [contract]),
    room('engine-imports-contract', engine, [contract]),
    room('server-imports-contract-and-engine', '^packages/server/', [contract, engine]),
    room('demo-imports-contract', '^packages/demo/', [contract]),
    room('mobile-imports-contract', '^packages/mobile/', [contract]),
    room('testing-stands-alone', '^packages/testing/', [contract]),
    {
      name: 'browser-code-takes-only-types-of-the-contract',
      comment: 'the schemas would carry TypeBox into every page and app',
      severity: 'error',
      from: { path: '^packages/(agent|demo|mobile)/src', pathNot: tests },
      to: { path: contract, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-never-imports-test-tools',
      severity: 'error',
      from: { path: '^packages/(contract|agent|engine|server|demo|mobile)/src', pathNot: tests },
      to: { path: '^packages/testing/|/testing/|store-suite' },
    },
    {
      name: 'mobile-needs-no-library',
      comment: 'it runs in engines that have neither the modules of node nor those of any other',
      severity: 'error',
      from: { path: '^packages/mobile/src', pathNot: tests },
      // By where it lies and not by its type: a package that is not declared, or is declared elsewhere, is of another type.
      to: { pathNot: ['^packages/mobile/src/', contract] },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      from: { path: '^packages/(engine|contract)/src', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'signals-never-import-one-another',
      comment: 'a fact that two signals share lives in network/',
      severity: 'error',
      from: { path: '^packages/engine/src/signals/([^/]+)\\.ts$', pathNot: `${tests}|/registry\\.ts$` },
      to: {
        path: '^packages/engine/src/signals/[^/]+\\.ts$',
        pathNot: ['/$1\\.ts$', '/(signal-judge|mobile-signal)\\.ts$'],
      },
    },
    {
      name: 'bot-detectors-never-import-one-another',
      severity: 'error',
      from: { path: '^packages/engine/src/signals/bot/([^/]+)\\.ts$', pathNot: `${tests}|/registry\\.ts$` },
      to: { path: '^packages/engine/src/signals/bot/[^/]+\\.ts$', pathNot: ['/$1\\.ts$', '/(detector|finding)\\.ts$'] },
    },
    {
      name: 'identity-and-signals-do-not-know-each-other',
      severity: 'error',
      from: { path: '^packages/engine/src/identity/', pathNot: tests },
      to: { path: '^packages/engine/src/signals/' },
    },

    room('http', `^${server}/http/`, [
      contract,
      engine,
      `^${server}/ingest/`,
      `^${server}/views/`,
      `^${server}/keys/`,
      `^${server}/tenancy/`,
      `^${server}/rules/`,
      `^${server}/webhooks/`,
      `^${server}/storage/(store|store-error)\\.ts$`,
    ]),
    room('ingest', `^${server}/ingest/`, [
      contract,
      engine,
      `^${server}/keys/`,
      `^${server}/lookup/`,
      `^${server}/views/`,
      `^${server}/storage/(store|request-id|scoped-key|grown-by)\\.ts$`,
    ]),
    room('import', `^${server}/import/`, [
      contract,
      engine,
      `^${server}/ingest/(read-tag|is-well-formed)\\.ts$`,
      `^${server}/storage/(store|request-id)\\.ts$`,
    ]),
    room('views', `^${server}/views/`, [contract]),
    room('tls', `^${server}/tls/`, [contract]),
    room('webhooks', `^${server}/webhooks/`, [
      contract,
      engine,
      `^${server}/views/`,
      `^${server}/keys/`,
      `^${server}/outbound/`,
      `^${server}/storage/store\\.ts$`,
    ]),
    room('rules', `^${server}/rules/`, [
      contract,
      engine,
      `^${server}/views/`,
      `^${server}/keys/`,
      `^${server}/config/nearest-name\\.ts$`,
      `^${server}/storage/store\\.ts$`,
    ]),
    room('lookup', `^${server}/lookup/`, [contract, engine]),
    room('outbound', `^${server}/outbound/`, []),
    room('lists', `^${server}/lists/`, [contract, engine, `^${server}/lookup/`, `^${server}/outbound/`]),
    room('storage', `^${server}/storage/`, [contract, engine]),
    room('keys', `^${server}/keys/`, [contract, engine, `^${server}/storage/store\\.ts$`]),
    {
      name: 'v3-and-v4-do-not-know-each-other',
      severity: 'error',
      from: { path: `^${server}/(http|views)/(v3|v4)/` },
      to: { path: `^${server}/(http|views)/(v3|v4)/`, pathNot: `^${server}/(http|views)/$2/` },
    },
    {
      name: 'only-open-store-knows-a-database',
      severity: 'error',
      from: { pathNot: `${tests}|^${server}/storage/(sqlite/|postgres/|open-store)|^bench/` },
      to: { path: `^${server}/storage/(sqlite|postgres)/` },
    },
    {
      name: 'databases-do-not-know-each-other',
      severity: 'error',
      from: { path: `^${server}/storage/(sqlite|postgres)/` },
      to: { path: `^${server}/storage/(sqlite|postgres)/`, pathNot: `^${server}/storage/$1/` },
    },
    {
      name: 'only-compose-opens-a-store',
      severity: 'error',
      from: { pathNot: `${tests}|^${server}/(compose\\.ts|storage/)|^bench/` },
      to: { path: `^${server}/storage/open-store` },
    },
    {
      name: 'only-commands-know-compose',
      severity: 'error',
      from: { pathNot: `${tests}|^${server}/(cli\\.ts|commands/)` },
      to: { path: `^${server}/compose\\.ts$` },
    },
    {
      name: 'only-config-and-cli-see-the-environment',
      comment: 'node:process would be a way around config/',
      severity: 'error',
      from: { path: `^${server}/`, pathNot: `${tests}|^${server}/(cli\\.ts|commands/|config/)` },
      to: { path: '^(node:)?process$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.tsbuildinfo$' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['whorl-source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
