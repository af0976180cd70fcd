/** Parts of browsers that TypeScript's own library leaves out, because not every browser has them. */

export type UserAgentBrand = { brand: string; version: string };

/** https://wicg.github.io/ua-client-hints/ */
export type HighEntropyValues = {
  platformVersion?: string;
  architecture?: string;
  bitness?: string;
  model?: string;
  uaFullVersion?: string;
  fullVersionList?: UserAgentBrand[];
  wow64?: boolean;
  formFactors?: string[];
};

export type UserAgentHints = {
  brands: UserAgentBrand[];
  mobile: boolean;
  platform: string;
  getHighEntropyValues?(names: string[]): Promise<HighEntropyValues>;
};

/** https://www.w3.org/TR/webgpu/#gpuadapter; `info` came later than the rest. */
export type WideAdapter = Pick<GPUAdapter, 'features' | 'limits'> & { info?: GPUAdapterInfo };

export type WideNavigator = Omit<Navigator, 'storage' | 'mediaDevices' | 'serviceWorker' | 'doNotTrack' | 'gpu'> & {
  userAgentData?: UserAgentHints;
  deviceMemory?: number;
  brave?: unknown;
  doNotTrack?: string | null;
  globalPrivacyControl?: boolean;
  keyboard?: { getLayoutMap?(): Promise<Iterable<[string, string]>> };
  storage?: Partial<StorageManager>;
  gpu?: { requestAdapter(): Promise<WideAdapter | null> };
  mediaDevices?: Partial<MediaDevices>;
  serviceWorker?: ServiceWorkerContainer;
};

export type WideScreen = Omit<Screen, 'orientation'> & { isExtended?: boolean; orientation?: ScreenOrientation };

/** The page's navigator, with what some browsers add to it or take from it. */
export const wideNavigator = (): WideNavigator => navigator;
