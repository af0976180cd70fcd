/** The APIs that have a document, by the name in the address, in the order in which they are offered. */
export const explorerApis = {
  v4: 'Server API v4',
  v3: 'Server API v3',
  management: 'Management API',
} as const;
export type ExplorerApi = keyof typeof explorerApis;

export const explorerApiNames = Object.keys(explorerApis) as ExplorerApi[];

const link = (api: ExplorerApi, shown: ExplorerApi): string =>
  `<a href="/docs/${api}"${api === shown ? ' aria-current="page"' : ''}>${explorerApis[api]}</a>`;

/** The page that shows the document of one API. Everything that it loads comes from this server. */
export const explorerPage = (shown: ExplorerApi): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${explorerApis[shown]} · Whorl</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/explorer.css">
</head>
<body>
<header>
<a class="skip" href="#explorer">Skip to the endpoints</a>
<nav aria-label="APIs">
<span>Whorl</span>
${explorerApiNames.map((api) => link(api, shown)).join('\n')}
<a class="document" href="/docs/openapi/${shown}.json">OpenAPI document</a>
</nav>
</header>
<main id="explorer" tabindex="-1" data-document="/docs/openapi/${shown}.json">
<noscript>The explorer needs scripts. The <a href="/docs/openapi/${shown}.json">document</a> can be read without.</noscript>
</main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/explorer.js"></script>
</body>
</html>
`;

/**
 * Starts Swagger UI on the page's document. What can be sent opens when it is asked for, filled with the document's
 * examples. No validator is asked, keys are not kept, and the address of a document is not taken from the page's own
 * address, where anybody could put one.
 */
export const explorerScript = `const explorer = document.getElementById('explorer');
SwaggerUIBundle({
  url: explorer.dataset.document,
  domNode: explorer,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: false,
  persistAuthorization: false,
  queryConfigEnabled: false,
  validatorUrl: null,
});
`;

export const explorerStyles = `body { margin: 0; background: #fff; color: #1b1b1b; font: 16px/1.5 system-ui, sans-serif; }
header { background: #12212f; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; max-width: 1420px; margin: 0 auto; padding: 0.75rem 20px; color: #fff; }
nav span { font-weight: 600; }
nav a { color: #cfe3f5; }
nav a[aria-current] { color: #fff; text-decoration-thickness: 3px; text-underline-offset: 0.35em; }
nav .document { margin-left: auto; }
.skip { position: absolute; left: -100vw; background: #fff; padding: 0.5rem; }
.skip:focus { left: 0; }
:focus-visible { outline: 3px solid #2f7fd0; outline-offset: 2px; }
main { outline: none; }
`;
