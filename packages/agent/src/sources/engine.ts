import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

/** Globals that one engine has and the others lack, or that came with a version of it. Sorted by name. */
const FEATURES = [
  'ApplePayError',
  'ApplePaySession',
  'BatteryManager',
  'CSSCounterStyleRule',
  'CSSMozDocumentRule',
  'CSSPrimitiveValue',
  'DeviceMotionEvent',
  'EyeDropper',
  'GestureEvent',
  'HIDDevice',
  'InstallTrigger',
  'NavigationPreloadManager',
  'PaymentRequest',
  'RTCEncodedAudioFrame',
  'Serial',
  'SharedWorker',
  'StyleMedia',
  'TouchEvent',
  'WebKitMediaKeys',
  'WebTransport',
  'XRSession',
  'browser',
  'chrome',
  'documentPictureInPicture',
  'mozInnerScreenX',
  'navigation',
  'onmozfullscreenchange',
  'ontouchstart',
  'opera',
  'opr',
  'safari',
  'scheduler',
  'showOpenFilePicker',
  'trustedTypes',
  'webkitMediaStream',
  'webkitRequestFileSystem',
  'webkitResolveLocalFileSystemURL',
  'webkitSpeechGrammar',
];

const MESSAGE_LENGTH = 128;

/** Each engine words this mistake in its own way, and none names a variable, which minifiers would change. */
const errorMessage = (): string => {
  try {
    return (1).toFixed(-1);
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, MESSAGE_LENGTH) : '';
  }
};

/** Truths of the engine, which a forged user agent contradicts. */
export const engine: Source<SourceValue<'engine'>> = {
  once: true,
  collect: () => {
    const { productSub } = navigator;
    return {
      evalLength: String(Reflect.get(globalThis, 'eval')).length,
      ...(typeof productSub === 'string' ? { productSub } : {}),
      features: FEATURES.filter((name) => name in window),
      errorMessage: errorMessage(),
    };
  },
};
