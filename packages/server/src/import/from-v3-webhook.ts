import type { ExportedEvent } from './exported-event.ts';
import { fromV3 } from './from-v3.ts';
import { JsonReader } from './json-reader.ts';

/** What the body of a v3 webhook says: the products' data stands at the top, under the products' names. */
export const fromV3Webhook = (body: JsonReader): ExportedEvent =>
  fromV3((product) => {
    switch (product) {
      case 'identification':
        return body;
      case 'botd':
        return new JsonReader({ bot: body.at('bot').raw, userAgent: body.at('userAgent').raw });
      case 'incognito': {
        const result = body.at('incognito').flag();
        return new JsonReader(result === undefined ? undefined : { result }, 'incognito');
      }
      case 'rawDeviceAttributes':
        return body.at('rawDeviceAttributes').exists ? body.at('rawDeviceAttributes') : body.at('components');
      default:
        return body.at(product);
    }
  });
