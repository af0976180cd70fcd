import {
  fpjsGetVisitorDataExtendedMixin,
  fpjsGetVisitorDataMixin,
  fpjsPlugin,
} from '@fingerprintjs/fingerprintjs-pro-vue-v3';
import { createApp, defineComponent, h } from 'vue';
import { loadOptions, visitOptions } from './page-settings.ts';

const { tag, linkedId } = visitOptions;

const Visit = defineComponent({
  mixins: [fpjsGetVisitorDataMixin, fpjsGetVisitorDataExtendedMixin],
  mounted() {
    void this.$getVisitorDataExtended({ tag, linkedId });
  },
  render() {
    const { visitorData: plain, visitorDataExtended: extended } = this;
    const get = (ignoreCache: boolean) => () => this.$getVisitorDataExtended({ tag, linkedId, ignoreCache });
    return h('main', [
      h('button', { id: 'get', onClick: get(false) }, 'Get'),
      h('button', { id: 'fresh', onClick: get(true) }, 'Get afresh'),
      h('button', { id: 'plain', onClick: () => this.$getVisitorData({ tag, linkedId }) }, 'Get without details'),
      h('output', { id: 'result' }, extended.data === undefined ? '' : JSON.stringify(extended.data)),
      h('output', { id: 'plain-result' }, plain.data === undefined ? '' : JSON.stringify(plain.data)),
      h('output', { id: 'error' }, extended.error?.message ?? ''),
    ]);
  },
});

createApp(Visit)
  .use(fpjsPlugin, { loadOptions })
  .mount(document.body.appendChild(document.createElement('div')));
