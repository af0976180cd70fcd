import { describe, expect, it } from 'vitest';
import { chromeMac, chromiumHeadless, chromiumLinux, chromiumWithoutDriver } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf, noised } from '../testing/facts-builder.ts';
import { firefoxLinux, firefoxResisting, safariMac, webkitGtk } from '../testing/other-browsers.ts';

const workerOf = (webGlRenderer: string) => ({ userAgent: chromiumLinux.headers['user-agent'] ?? '', webGlRenderer });
const drawnBy = (webGlRenderer: string) =>
  factsOf(changed(chromiumLinux, { webGlBasics: -1, worker: workerOf(webGlRenderer) }));

const hypervisors = {
  VMware: 'ANGLE (VMware, Inc., SVGA3D; build: RELEASE;  LLVM;, OpenGL 4.1)',
  VirtualBox: 'ANGLE (VirtualBox Graphics Adapter (WDDM) Direct3D11 vs_4_1 ps_4_1, D3D11)',
  Parallels: 'ANGLE (Parallels, Parallels Display Adapter (WDDM) Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'virtio-gpu': 'ANGLE (Mesa, virgl (AMD Radeon RX 580), OpenGL 4.3)',
  'Apple Virtualization': 'ANGLE (Apple, ANGLE Metal Renderer: Apple Paravirtual device, Unspecified Version)',
};

describeSignal('virtualMachine', {
  fires: {
    ...Object.fromEntries(Object.entries(hypervisors).map(([name, gpu]) => [name, drawnBy(gpu)])),
    'software rendering on a virtual console without sound': factsOf(chromiumHeadless),
  },
  quiet: {
    'a laptop': factsOf(chromiumLinux),
    'a Mac': factsOf(chromeMac),
    Safari: factsOf(safariMac),
    Firefox: factsOf(firefoxLinux),
    'software rendering alone': factsOf(chromiumWithoutDriver),
    'software rendering on an old machine of two cores': factsOf(
      changed(chromiumWithoutDriver, { hardwareConcurrency: 2, worker: undefined, iframe: undefined }),
    ),
    'software rendering by Mesa, which once named VMware as its maker': drawnBy(
      'ANGLE (VMware, Inc., llvmpipe (LLVM 10.0.0, 256 bits))',
    ),
  },
  lacks: {
    'a visit that showed nothing': emptyVisit,
    'WebKit on Linux, which calls all graphics Apple’s': factsOf(webkitGtk),
    'a browser without WebGL': factsOf(
      changed(chromiumLinux, { webGlBasics: -1, worker: undefined, iframe: undefined }),
    ),
    'a browser that hides its graphics': factsOf(firefoxResisting),
    'graphics that the browser randomises': noised(factsOf(chromiumHeadless), 'webGlBasics'),
  },
});

describe('judgeVirtualMachine', () => {
  it.each(Object.entries(hypervisors))('names %s', (name, gpu) => {
    expect(judged('virtualMachine', drawnBy(gpu)).evidence[0]).toMatchObject({
      fact: `graphics are made by ${name}`,
      from: 'worker',
    });
  });

  it('shows software rendering where it is not enough', () => {
    expect(judged('virtualMachine', factsOf(chromiumWithoutDriver)).evidence[0]?.fact).toMatch(/processor draws/);
  });
});
