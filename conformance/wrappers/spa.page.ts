import { CacheLocation, FpjsClient } from '@fingerprintjs/fingerprintjs-pro-spa';
import { loadOptions, visitOptions } from './page-settings.ts';

const client = new FpjsClient({ loadOptions, cacheLocation: CacheLocation.SessionStorage });

document.body.innerHTML = `
  <button id="get">Get</button><button id="fresh">Get afresh</button><button id="clear">Clear</button>
  <output id="result"></output><output id="error"></output>`;

const element = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

const get = async (ignoreCache: boolean): Promise<void> => {
  try {
    await client.init();
    element('result').textContent = JSON.stringify(await client.getVisitorData<true>(visitOptions, ignoreCache));
  } catch (error) {
    element('error').textContent = String(error);
  }
};

element('get').addEventListener('click', () => void get(false));
element('fresh').addEventListener('click', () => void get(true));
element('clear').addEventListener('click', () => void client.clearCache());
void get(false);
