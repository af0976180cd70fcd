import { CLEAR_CACHE, fpjsPlugin, useVisitorData } from '@fingerprintjs/fingerprintjs-pro-vue-v3';
import { createApp, defineComponent, h, inject } from 'vue';
import { loadOptions, visitOptions } from './page-settings.ts';

const Visit = defineComponent(() => {
  const { data, error, getData } = useVisitorData<true>(visitOptions, { immediate: true });
  const clearCache = inject(CLEAR_CACHE);
  return () =>
    h('main', [
      h('button', { id: 'get', onClick: () => getData() }, 'Get'),
      h('button', { id: 'fresh', onClick: () => getData({ ignoreCache: true }) }, 'Get afresh'),
      h('button', { id: 'clear', onClick: () => clearCache?.() }, 'Clear'),
      h('output', { id: 'result' }, data.value === undefined ? '' : JSON.stringify(data.value)),
      h('output', { id: 'error' }, error.value?.message ?? ''),
    ]);
});

createApp(Visit)
  .use(fpjsPlugin, { loadOptions })
  .mount(document.body.appendChild(document.createElement('div')));
