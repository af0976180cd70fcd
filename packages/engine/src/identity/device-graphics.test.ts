import { describe, expect, it } from 'vitest';
import { deviceGraphics } from './device-graphics.ts';

describe('deviceGraphics', () => {
  it.each([
    ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', 'Intel', 'intel uhd graphics 620'],
    [
      'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)',
      'NVIDIA',
      'nvidia geforce rtx 3060',
    ],
    [
      'ANGLE (NVIDIA Corporation, NVIDIA GeForce RTX 3060/PCIe/SSE2, OpenGL 4.6.0)',
      'NVIDIA',
      'nvidia geforce rtx 3060',
    ],
    ['ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)', 'Apple', 'apple m1'],
    ['ANGLE (Qualcomm, Adreno (TM) 730, OpenGL ES 3.2)', 'Qualcomm', 'adreno 730'],
    ['Mali-G78', 'ARM', 'mali-g78'],
    ['Intel(R) HD Graphics, or similar', 'Intel', ''],
    ['ANGLE (NVIDIA, NVIDIA GeForce GTX 980 Direct3D11 vs_5_0 ps_5_0), or similar', 'NVIDIA', ''],
    ['Radeon R9 200 Series, or similar', 'AMD', ''],
    ['Apple GPU', 'Apple', ''],
    ['llvmpipe, or similar', 'software', ''],
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'software', ''],
  ])('reads %s', (name, maker, model) => {
    expect(deviceGraphics(name)).toEqual({ maker, model });
  });

  it.each(['', 'Mozilla', 'Generic Renderer'])('learns nothing from %j', (name) => {
    expect(deviceGraphics(name)).toBeUndefined();
  });
});
