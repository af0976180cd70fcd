import { collect, detect, detectors, sources as upstream } from '@fingerprintjs/botd';
import { getWebGLContext } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import type { Source, Surroundings } from './source.ts';

/** BotD opens a WebGL context of its own; the one that is already there says the same. */
const sharedWebGl = ({ webGl }: Surroundings) => {
  const context = getWebGLContext(webGl);
  // BotD's own source throws here, and its detector then has nothing to go by.
  if (context === undefined) throw new Error('WebGL is not available');
  return {
    vendor: String(context.getParameter(context.VENDOR)),
    renderer: String(context.getParameter(context.RENDERER)),
  };
};

/** The kind of automation that each of BotD's detectors claims to see; empty for a plain browser. Nothing is reported home. */
export const botd: Source<SourceValue<'botd'>> = {
  once: true,
  collect: async (surroundings) => {
    const components = await collect({ ...upstream, webGL: () => sharedWebGl(surroundings) });
    const [byDetector, verdict] = detect(components, detectors);
    const detections: Record<string, string> = {};
    for (const [detector, found] of Object.entries(byDetector)) if (found.bot) detections[detector] = found.botKind;
    return verdict.bot ? { kind: verdict.botKind, detections } : { detections };
  },
};
