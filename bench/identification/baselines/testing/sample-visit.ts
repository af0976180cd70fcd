import type { Components } from '@whorl/contract';
import type { SeenVisit } from '../matcher.ts';

const shows = <T>(value: T) => ({ value, duration: 1 });

const userAgentOf = (version: number): string =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

/** A plain visit of Chrome on Windows, with what a test wants changed. */
export const sampleVisit = ({
  version = 140,
  components = {},
}: {
  version?: number;
  components?: Components;
} = {}): SeenVisit => ({
  time: 0,
  address: '192.0.2.1',
  network: { asn: 64500 },
  browserDetails: {
    browserName: 'Chrome',
    browserMajorVersion: String(version),
    browserFullVersion: `${version}.0.0`,
    os: 'Windows',
    osVersion: '10',
    device: 'Other',
    userAgent: userAgentOf(version),
  },
  components: {
    userAgent: shows(userAgentOf(version)),
    languages: shows([['en-US']]),
    fonts: shows(['Arial', 'Calibri', 'Verdana']),
    timezone: shows('Europe/Paris'),
    screenResolution: shows([1080, 1920]),
    platform: shows('Win32'),
    canvas: shows({ winding: true, geometry: 'a', text: 'b' }),
    plugins: shows([]),
    ...components,
  },
});

/** A component that shows a value. */
export { shows };
