import { FpjsContext, FpjsProvider, useVisitorData } from '@fingerprintjs/fingerprintjs-pro-react';
import { createElement, useContext } from 'react';
import { createRoot } from 'react-dom/client';
import { loadOptions, visitOptions } from './page-settings.ts';

const Visit = () => {
  const { data, error, getData } = useVisitorData<true>(visitOptions, { immediate: true });
  const { clearCache } = useContext(FpjsContext);
  // What goes wrong is in `error`; the promise repeats it.
  const get = (ignoreCache: boolean) => () => void getData({ ignoreCache }).catch(() => undefined);
  return createElement(
    'main',
    null,
    createElement('button', { type: 'button', id: 'get', onClick: get(false) }, 'Get'),
    createElement('button', { type: 'button', id: 'fresh', onClick: get(true) }, 'Get afresh'),
    createElement('button', { type: 'button', id: 'clear', onClick: () => clearCache() }, 'Clear'),
    createElement('output', { id: 'result' }, data === undefined ? '' : JSON.stringify(data)),
    createElement('output', { id: 'error' }, error?.message ?? ''),
  );
};

createRoot(document.body.appendChild(document.createElement('div'))).render(
  createElement(FpjsProvider, { loadOptions }, createElement(Visit)),
);
