import { Fingerprint, FingerprintProvider, useVisitorData } from '@fingerprint/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { settings, visitOptions } from './page-settings.ts';

const { tag, linkedId } = visitOptions;

const Visit = () => {
  const { data, error, getData } = useVisitorData({ immediate: true, tag, linkedId });
  const get = () => void getData({ tag, linkedId }).catch(() => undefined);
  return createElement(
    'main',
    null,
    createElement('button', { type: 'button', id: 'get', onClick: get }, 'Get'),
    createElement('output', { id: 'result' }, data === undefined ? '' : JSON.stringify(data)),
    createElement('output', { id: 'error' }, error?.message ?? ''),
  );
};

createRoot(document.body.appendChild(document.createElement('div'))).render(
  createElement(
    FingerprintProvider,
    {
      apiKey: settings.apiKey,
      endpoints: Fingerprint.withoutDefault(settings.server),
      cache: { storage: 'sessionStorage', duration: 60 },
    },
    createElement(Visit),
  ),
);
