import { hypervisorOf, isSoftwareRenderer } from '../network/graphics.ts';

/** Makers of graphics hardware by what their products are called. */
const MAKERS = [
  [/nvidia|geforce|quadro|tegra/i, 'NVIDIA'],
  [/\bamd\b|radeon|\bati\b|firepro/i, 'AMD'],
  [/intel/i, 'Intel'],
  [/apple/i, 'Apple'],
  [/qualcomm|adreno/i, 'Qualcomm'],
  [/\bmali|immortalis|\barm\b/i, 'ARM'],
  [/powervr|imagination/i, 'Imagination'],
  [/xclipse/i, 'Samsung'],
] as const;

/** Names that stand for more than one model: Firefox's buckets, and what every Apple device says in Safari. */
const COARSE = /, or similar$|^Apple GPU$/;

/** What ANGLE wraps a name in: `ANGLE (<maker>, <name>, <version of the interface>)`. */
const ANGLE = /^ANGLE \([^,]*, (.*?)(?:, [^,]*)?\)$/;

/** What a name carries besides the model: drivers, device numbers, interfaces, trade marks. */
const ATTACHMENTS =
  /Mesa |ANGLE Metal Renderer: |\((?:R|TM)\)|\(0x[0-9a-f]+\)|\((?=[^)]*\bGT?\d)[^)]*\)|Direct3D.*|\/PCIe.*|\/SSE2/gi;

/** Graphics hardware as any browser of a device names it. `model` is empty where the name stands for several. */
export type DeviceGraphics = { maker: string; model: string };

/**
 * The maker and model that a renderer's name tells of, free of what differs between browsers of one device: Chromium names
 * the model, Firefox the nearest of a few, Safari only Apple. What draws on the processor has the maker `software`: each
 * browser brings a renderer of its own. Undefined when the name tells nothing.
 */
export const deviceGraphics = (name: string): DeviceGraphics | undefined => {
  if (isSoftwareRenderer(name)) return { maker: 'software', model: '' };
  const maker = hypervisorOf(name) ?? MAKERS.find(([pattern]) => pattern.test(name))?.[1];
  if (maker === undefined) return undefined;
  if (COARSE.test(name)) return { maker, model: '' };
  const [, wrapped = name] = ANGLE.exec(name) ?? [];
  return { maker, model: wrapped.replace(ATTACHMENTS, ' ').replace(/\s+/g, ' ').trim().toLowerCase() };
};
