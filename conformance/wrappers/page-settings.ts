/** What the test tells a page, in its address: the server and the key. */
export type PageSettings = { server: string; apiKey: string };

const query = new URLSearchParams(location.search);

export const settings: PageSettings = { server: query.get('server') ?? '', apiKey: query.get('key') ?? '' };

/** Load options of the v3 loader, as every wrapper of it takes them. */
export const loadOptions = {
  apiKey: settings.apiKey,
  endpoint: settings.server,
  scriptUrlPattern: `${settings.server}/v3/<apiKey>/loader_v<loaderVersion>.js`,
};

/** What every page asks for with its visits. */
export const visitOptions = { tag: { wrapper: true }, linkedId: 'wrapper', extendedResult: true } as const;
