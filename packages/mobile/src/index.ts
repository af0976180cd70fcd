export {
  type CapacitorAppLike,
  type CapacitorDeviceLike,
  type CapacitorGeolocationLike,
  type CapacitorPlugins,
  capacitorReaders,
  type PreferencesLike,
  preferencesTokenStore,
} from './adapters/capacitor.ts';
export type { DeviceInfoLike } from './adapters/device-info-readers.ts';
export { engineReaders } from './adapters/engine-readers.ts';
export type { JailMonkeyLike } from './adapters/jail-monkey-readers.ts';
export {
  type AsyncStorageLike,
  asyncStorageTokenStore,
  type GeolocationLike,
  type NetInfoLike,
  type ReactNativeModules,
  reactNativeReaders,
} from './adapters/react-native.ts';
export type { PositionLike } from './adapters/read-position.ts';
export { type Client, type ClientSettings, createClient, type VisitOptions } from './client.ts';
export { signBody } from './crypto/sign-body.ts';
export {
  AbortedError,
  BadResponseError,
  NetworkError,
  RefusedError,
  type Result,
  SigningError,
  TimeoutError,
  VisitError,
} from './errors.ts';
export { MOBILE_VERSION } from './mobile-version.ts';
export { joinReaders, type Reader, type Readers, type Report } from './readers.ts';
export type { AbortSignalLike, PostRequest, PostResponse, Runtime } from './runtime.ts';
export { memoryTokenStore, type TokenStore } from './token-store.ts';
export type { Endpoints } from './transport/with-retries.ts';
