// Who may import whom. ARCHITECTURE.md has the same table in words; a rule here is what keeps it true.
const TESTS = '\\.test\\.tsx?$';
const SHARED = '^shared/(schema|engine)/src';

/** Files under `from` (tests aside) may import nothing but what matches `to`. */
function only(name, comment, from, to) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: TESTS },
    to: { pathNot: to },
  };
}

/** Files under `from` (tests aside) may not import what matches `to`. */
function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from: { path: from, pathNot: TESTS }, to: { path: to } };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'listed-packages',
      comment: 'A package that is used stands in the package.json beside it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'tests-stay-tests',
      comment: 'What runs for people does not depend on tests.',
      severity: 'error',
      from: { pathNot: [TESTS, '^load-tests/', '/testing/'] },
      to: { path: [TESTS, '/testing/'] },
    },

    only(
      'schema',
      'What crosses a wire knows only itself, zod and the roster’s schema.',
      '^shared/schema/src',
      ['^shared/schema/src', '^node_modules/(zod|@colyseus/schema)/'],
    ),
    only('engine', 'Rules that run everywhere know the schema and themselves.', '^shared/engine/src', SHARED),
    only('config', 'Settings are read by one pure package.', '^shared/config/src', [
      '^shared/config/src',
      '^node_modules/zod/',
      '^(node:)?(net|util)$',
    ]),

    only('world', 'Plain types of the world know schema and engine.', '^game-server/src/world', [
      SHARED,
      '^game-server/src/world',
    ]),
    only(
      'systems',
      'Systems know the world and the shared rules; no port, no IO.',
      '^game-server/src/systems',
      [SHARED, '^game-server/src/(world|systems)'],
    ),
    only('sfu-policy', 'The plan’s rules know the schema; no port, no IO.', '^sfu/src/policy', [
      SHARED,
      '^sfu/src/policy',
    ]),
    only(
      'sim',
      'Prediction and interpolation know the shared rules; no React, no three.',
      '^client/src/sim',
      [SHARED, '^client/src/sim'],
    ),

    never(
      'engine-loop-below-rooms',
      'The loop does not know who drives it.',
      '^game-server/src/engine',
      '^game-server/src/(rooms|http|adapters|main|start-game-server)',
    ),
    never(
      'rooms-below-main',
      'Rooms get their adapters from main; they never make them.',
      '^game-server/src/rooms',
      '^game-server/src/(adapters|http|main|start-game-server)',
    ),
    never(
      'ports-know-nobody',
      'A port says what is needed; it knows nobody who offers or uses it.',
      '^game-server/src/ports',
      '^game-server/src/(adapters|rooms|http|engine|systems|main|start-game-server)',
    ),
    never(
      'adapters-below-main',
      'Adapters are made by main and know no room.',
      '^game-server/src/adapters',
      '^game-server/src/(rooms|http|systems|main|start-game-server)',
    ),
    never(
      'people-know-no-way-in',
      'Who one is and whose friend says the same, however it is asked and told.',
      '^game-server/src/(auth|friends)',
      '^game-server/src/(rooms|http|adapters|systems|main|start-game-server)',
    ),
    never(
      'http-below-main',
      'HTTP gets its adapters from main.',
      '^game-server/src/http',
      '^game-server/src/(adapters|main|start-game-server)',
    ),
    never(
      'nobody-imports-main',
      'A composition root is where imports end.',
      '/src/',
      '^(game-server|sfu)/src/main\\.ts$',
    ),

    {
      name: 'views-are-leaves',
      comment: 'scene, overlay and ui are read by nobody but app, which puts them together.',
      severity: 'error',
      from: {
        path: '^client/src',
        pathNot: ['^client/src/(app|scene|overlay|ui)/', '^client/src/(main|frameloop)\\.tsx?$'],
      },
      to: { path: '^client/src/(scene|overlay|ui)/' },
    },
    ...['scene', 'overlay', 'ui'].map((view) =>
      never(
        `${view}-stands-alone`,
        'A view reads sim and store; it imports no other view, no connection and no device.',
        `^client/src/${view}/`,
        `^client/src/(${['scene', 'overlay', 'ui'].filter((other) => other !== view).join('|')}|net|media|social|crypto)/`,
      ),
    ),
    never(
      'store-below-all',
      'The store holds what slowly changes; it knows no view and no connection.',
      '^client/src/store/',
      '^client/src/(app|net|media|social|scene|overlay|ui)/',
    ),

    never(
      'client-without-servers',
      'The page and the servers share only shared/.',
      '^client/',
      '^(game-server|sfu|db|scripts|shared/config)/',
    ),
    never(
      'servers-without-client',
      'The page and the servers share only shared/.',
      '^(game-server|sfu|db)/',
      '^(client|load-tests|scripts)/',
    ),
    never(
      'shared-below-all',
      'What is shared knows none of those who share it.',
      '^shared/',
      '^(client|game-server|sfu|db|load-tests|scripts)/',
    ),
    never('sfu-alone', 'The media server knows neither game nor database.', '^sfu/', '^(game-server|db)/'),
    never(
      'game-by-sfu-client',
      'The game server speaks to the media server only over its control API.',
      '^game-server/',
      '^sfu/src/(?!client/)',
    ),
    never('db-alone', 'Repositories know no server.', '^db/', '^(game-server|sfu)/'),
    {
      name: 'db-by-adapters',
      comment: 'Only adapters and main use the database; others may name its types.',
      severity: 'error',
      from: {
        path: '^game-server/src',
        pathNot: [TESTS, '^game-server/src/(adapters/|testing/|main\\.ts|start-game-server\\.ts)'],
      },
      to: { path: '^db/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    // TypeScript 7 has no API yet that dependency-cruiser could use; swc reads the same syntax, type imports included.
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: '^(client/dist|coverage)/|^scripts/worker/recipe/overlay/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
    combinedDependencies: true,
  },
};
