import type { OsName } from '../visits/simulated-visit.ts';

/** A screen as the browser tells it: CSS pixels and the ratio of device pixels. */
export type Screen = { width: number; height: number; ratio: number; hdr: boolean; gamut: 'srgb' | 'p3' };

/** What one make of device has in common with every other of its kind. */
export type DeviceModel = {
  os: OsName;
  /** Graphics as Chromium's ANGLE names them on this system. */
  graphics: string;
  graphicsVendor: string;
  screen: Screen;
  cores: number;
  /** Gigabytes as Chromium rounds them. */
  memory: number;
  touchPoints: number;
  /** The name that client hints tell, on Android; `iPhone` or `iPad`; else empty. */
  name: string;
  /** FingerprintJS's reading of the processor: 255 for x86, 127 for ARM. */
  architecture: 255 | 127;
};

export const isPhone = ({ os }: { os: OsName }): boolean => os === 'Android' || os === 'iOS';
