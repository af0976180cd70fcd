import { describe, expect, it } from 'vitest';
import { sectionsRead } from '../testing/sections-read.ts';
import { type CapacitorGeolocationLike, capacitorReaders, preferencesTokenStore } from './capacitor.ts';

const device = (isVirtual: boolean) => ({
  getInfo: async () => ({ model: 'iPhone15,4', manufacturer: 'Apple', osVersion: '18.5', isVirtual }),
});
const app = { getInfo: async () => ({ id: 'com.example.bank', version: '4.2.0' }) };

const geolocation = (location: string, coarseLocation: string): CapacitorGeolocationLike => ({
  checkPermissions: async () => ({ location, coarseLocation }),
  getCurrentPosition: async () => ({ coords: { latitude: 48.1, longitude: 11.5, accuracy: 20 } }),
});

describe('the readers of Capacitor', () => {
  it('read app, device and place', async () => {
    const plugins = { device: device(true), app, geolocation: geolocation('denied', 'granted') };
    expect(await sectionsRead(capacitorReaders(plugins, 'ios'), 'ios')).toEqual({
      app: { id: 'com.example.bank', version: '4.2.0' },
      device: { model: 'iPhone15,4', manufacturer: 'Apple', osVersion: '18.5', simulator: true },
      location: { latitude: 48.1, longitude: 11.5, accuracy: 20 },
    });
  });

  it('leave it to the server what an emulator of Android is', async () => {
    const read = await sectionsRead(capacitorReaders({ device: device(true) }, 'android'), 'android');
    expect(read.device).not.toHaveProperty('simulator');
  });

  it('show no prompt: without a permission there is no place', async () => {
    const plugins = { geolocation: geolocation('prompt', 'denied') };
    expect(await sectionsRead(capacitorReaders(plugins, 'ios'), 'ios')).toEqual({});
  });
});

describe('the token in the preferences', () => {
  it('is written and read back', async () => {
    const kept = new Map<string, string>();
    const store = preferencesTokenStore({
      get: async ({ key }) => ({ value: kept.get(key) ?? null }),
      set: async ({ key, value }) => void kept.set(key, value),
    });
    expect(await store.read()).toBeNull();
    await store.write('w2.x');
    expect(await store.read()).toBe('w2.x');
  });
});
