import type { SourceValue } from '@whorl/contract';
import { type Facts, isNoised, sourceValue } from '../facts.ts';
import { claimedClient } from './claimed-client.ts';

/** Names that hide the hardware instead of naming it. */
const MASKED = new Set(['', 'Mozilla', 'WebKit WebGL', 'Generic Renderer']);

/**
 * The renderer's name, or undefined where WebGL is missing or its name is masked. Firefox gives the real name under the
 * plain `RENDERER`, the others under the unmasked one only.
 */
export const graphicsName = (
  read: SourceValue<'webGlBasics'> | string | undefined,
  plainIsReal = false,
): string | undefined => {
  if (read === undefined || typeof read === 'number') return undefined;
  const name = typeof read === 'string' ? read : read.rendererUnmasked || (plainIsReal ? read.renderer : '');
  return MASKED.has(name) ? undefined : name;
};

/** What WebKit calls every graphics hardware, on Linux as well. */
const WEBKIT_NAME = 'Apple GPU';

/** Whether the name is WebKit's own for everything, on a system of another maker: there it says nothing. */
const isWebKitMask = (name: string | undefined, facts: Pick<Facts, 'components'>): boolean => {
  if (name !== WEBKIT_NAME) return false;
  const { engine, os } = claimedClient(sourceValue(facts, 'userAgent') ?? '');
  return engine === 'webkit' && os !== 'Mac' && os !== 'iOS';
};

/** The renderer's name and where it came from. */
export type Graphics = { name: string; from: 'page' | 'worker' | 'iframe' };

/** The best name of the graphics hardware: the page's, else the worker's, else the iframe's. Undefined when masked or noised. */
export const readGraphics = (facts: Pick<Facts, 'components'>): Graphics | undefined => {
  if (isNoised(facts, 'webGlBasics')) return undefined;
  const page = graphicsName(sourceValue(facts, 'webGlBasics'), true);
  if (isWebKitMask(page, facts)) return undefined;
  if (page !== undefined) return { name: page, from: 'page' };
  const worker = graphicsName(sourceValue(facts, 'worker')?.webGlRenderer);
  if (worker !== undefined) return { name: worker, from: 'worker' };
  const iframe = graphicsName(sourceValue(facts, 'iframe')?.webGlRenderer);
  return iframe === undefined ? undefined : { name: iframe, from: 'iframe' };
};

/** Renderers that run on the processor, with or without a hypervisor beneath. */
const SOFTWARE = /llvmpipe|softpipe|swiftshader|swrast|microsoft basic render|software rasterizer|Apple Software/i;

/** Graphics hardware that only hypervisors make. */
const HYPERVISORS = [
  [/vmware|svga3d/i, 'VMware'],
  [/virtualbox|vboxsvga|chromium.*humper/i, 'VirtualBox'],
  [/parallels/i, 'Parallels'],
  [/\bvirgl|virtio|venus \(/i, 'virtio-gpu'],
  [/\bqxl\b|red hat/i, 'QXL'],
  [/hyper-v/i, 'Hyper-V'],
  [/paravirtual/i, 'Apple Virtualization'],
  [/\b(?:bochs|cirrus)\b/i, 'QEMU'],
] as const;

/** Whether the processor draws. Old Mesa names VMware as the maker of llvmpipe, so this goes before hypervisors. */
export const isSoftwareRenderer = (name: string): boolean => SOFTWARE.test(name);

/** The hypervisor whose graphics these are, or undefined. */
export const hypervisorOf = (name: string): string | undefined =>
  isSoftwareRenderer(name) ? undefined : HYPERVISORS.find(([pattern]) => pattern.test(name))?.[1];

/**
 * The system that a renderer's name belongs to, or undefined where several have it: Direct3D is Windows', Metal is
 * Apple's, and Mesa's drivers run on neither. The name of an Apple processor alone proves nothing (Asahi Linux).
 */
export const systemOfGraphics = (name: string): 'Windows' | 'Apple' | 'Linux' | undefined => {
  if (/Mesa|llvmpipe/.test(name)) return 'Linux';
  if (/Direct3D/.test(name)) return 'Windows';
  return /Metal|Apple GPU/.test(name) ? 'Apple' : undefined;
};
