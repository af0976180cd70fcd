import type { ContextFacts } from '@whorl/contract';
import type { WideNavigator } from '../browser-types.ts';

/** What a context gives to be asked by: a window's navigator or a worker's, and a way to a WebGL context. */
export type ContextScope = {
  navigator: Pick<WideNavigator, 'userAgent' | 'languages' | 'hardwareConcurrency' | 'deviceMemory'> & {
    platform?: string;
    webdriver?: unknown;
  };
  timezone: () => string | undefined;
  /** Gives nothing where the context has no graphics, or where asking costs too much. */
  webGl: () => WebGLRenderingContext | null | undefined;
};

const graphics = (scope: ContextScope): Pick<ContextFacts, 'webGlVendor' | 'webGlRenderer'> => {
  const gl = scope.webGl();
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  if (gl === undefined || gl === null || info === undefined || info === null) return {};
  return {
    webGlVendor: String(gl.getParameter(info.UNMASKED_VENDOR_WEBGL)),
    webGlRenderer: String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)),
  };
};

/** What one context says of the browser. Runs inside that context, or on its objects; missing where it does not say. */
export const readContext = (scope: ContextScope): ContextFacts => {
  const timezone = scope.timezone();
  const { userAgent, platform, languages, hardwareConcurrency, deviceMemory, webdriver } = scope.navigator;
  return {
    userAgent,
    ...(platform === undefined ? {} : { platform }),
    ...(languages === undefined ? {} : { languages: [...languages] }),
    ...(hardwareConcurrency === undefined ? {} : { hardwareConcurrency }),
    ...(deviceMemory === undefined ? {} : { deviceMemory }),
    ...(typeof webdriver === 'boolean' ? { webdriver } : {}),
    ...(timezone === undefined ? {} : { timezone }),
    ...graphics(scope),
  };
};
