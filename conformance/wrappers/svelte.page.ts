import { loadOptions } from './page-settings.ts';
import App from './svelte-app.svelte';

new App({ target: document.body, props: { options: { loadOptions } } });
