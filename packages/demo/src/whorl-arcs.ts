/** One arc of the drawing: the path data of an SVG `path`, and how far out it lies, 0 (centre) to 1. */
export type WhorlArc = { path: string; ring: number };

const RINGS = 10;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const digit = (text: string, index: number): number => Math.max(0, ALPHABET.indexOf(text.charAt(index % text.length)));

const point = (cx: number, cy: number, rx: number, ry: number, degrees: number): string => {
  const angle = (degrees * Math.PI) / 180;
  return `${(cx + rx * Math.cos(angle)).toFixed(2)} ${(cy + ry * Math.sin(angle)).toFixed(2)}`;
};

const arc = (cx: number, cy: number, rx: number, ry: number, from: number, sweep: number): string =>
  `M${point(cx, cy, rx, ry, from)}A${rx.toFixed(2)} ${ry.toFixed(2)} 0 ${sweep > 180 ? 1 : 0} 1 ${point(cx, cy, rx, ry, from + sweep)}`;

/**
 * Draws a visitor id as the ridges of a fingerprint: ten broken ovals in a box of 100 by 100. Two characters make a
 * ring, the first says where it breaks and the second how wide, so that equal ids draw alike and unequal ones do not.
 * An empty id draws nothing.
 */
export const whorlArcs = (visitorId: string): WhorlArc[] => {
  if (visitorId === '') return [];
  return Array.from({ length: RINGS }, (_, ring) => {
    const start = digit(visitorId, ring * 2);
    const width = digit(visitorId, ring * 2 + 1);
    const ry = 4 + ring * 4.6;
    const rx = ry * 0.84;
    // Outer rings sink a little, as the ridges of a finger do.
    const cy = 48 + ring * 0.35;
    const from = (start / ALPHABET.length) * 360;
    const gap = 24 + (width / ALPHABET.length) * 60;
    const paths =
      width % 2 === 0
        ? [arc(50, cy, rx, ry, from, 360 - gap)]
        : [arc(50, cy, rx, ry, from, 150 - gap / 2), arc(50, cy, rx, ry, from + 170, 170 - gap / 2)];
    return { path: paths.join(''), ring: ring / (RINGS - 1) };
  });
};
