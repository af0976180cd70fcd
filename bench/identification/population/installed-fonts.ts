import type { OsName } from '../visits/simulated-visit.ts';

/** Fonts of FingerprintJS's list that come with each system, whatever else is installed. */
export const systemFonts: { [Os in OsName]: readonly string[] } = {
  Windows: ['Calibri', 'MS UI Gothic', 'Marlett', 'Segoe UI Light'],
  Android: ['sans-serif-thin'],
  iOS: ['Gill Sans', 'Helvetica Neue', 'Menlo'],
  macOS: ['Arial Unicode MS', 'Gill Sans', 'Helvetica Neue', 'Menlo'],
  Linux: [],
  ChromeOS: ['Calibri', 'PMingLiU', 'SimHei'],
};

/**
 * Software and language packs that bring fonts of the list. No font is in two of them, so what is installed can be read
 * off the fonts. `share` of devices that have it, by system; `turnover` a day, at which a device's having it is decided anew.
 * Shares after the joint sets of fonts in `fingerprint-generator` (Apache-2.0); turnovers stated.
 */
type FontPackage = {
  fonts: readonly string[];
  share: { [Os in OsName]?: number };
  turnover: number;
};

const OFFICE_TURNOVER = 0.0009;
const PACK_TURNOVER = 0.0012;
const SINGLE_TURNOVER = 0.0015;

export const fontPackages: readonly FontPackage[] = [
  { fonts: ['Franklin Gothic'], share: { Windows: 0.86 }, turnover: 0.0002 },
  {
    fonts: [
      ...['Agency FB', 'Century', 'Century Gothic', 'Haettenschweiler', 'Lucida Bright', 'Lucida Sans', 'Pristina'],
      ...['Monotype Corsiva', 'MS Outlook', 'MS Reference Specialty', 'MT Extra'],
    ],
    share: { Windows: 0.5, macOS: 0.02 },
    turnover: OFFICE_TURNOVER,
  },
  { fonts: ['Leelawadee'], share: { Windows: 0.22 }, turnover: OFFICE_TURNOVER },
  { fonts: ['HELV', 'Small Fonts'], share: { Windows: 0.06 }, turnover: 0.0002 },
  { fonts: ['MS Mincho', 'Meiryo UI'], share: { Windows: 0.045, Linux: 0.05 }, turnover: PACK_TURNOVER },
  { fonts: ['SimHei'], share: { Windows: 0.05 }, turnover: PACK_TURNOVER },
  { fonts: ['PMingLiU'], share: { Windows: 0.04, Linux: 0.5 }, turnover: PACK_TURNOVER },
  { fonts: ['Batang'], share: { Windows: 0.035, macOS: 0.015, Linux: 0.03 }, turnover: PACK_TURNOVER },
  { fonts: ['Levenim MT'], share: { Windows: 0.012 }, turnover: PACK_TURNOVER },
  { fonts: ['Arabic Typesetting', 'Microsoft Uighur'], share: { Windows: 0.045 }, turnover: PACK_TURNOVER },
  { fonts: ['Vrinda'], share: { Windows: 0.02 }, turnover: PACK_TURNOVER },
  { fonts: ['ARNO PRO', 'Minion Pro'], share: { Windows: 0.03, macOS: 0.025 }, turnover: PACK_TURNOVER },
  { fonts: ['MYRIAD PRO'], share: { Windows: 0.045, macOS: 0.03 }, turnover: PACK_TURNOVER },
  { fonts: ['TRAJAN PRO'], share: { Windows: 0.02, macOS: 0.012 }, turnover: SINGLE_TURNOVER },
  { fonts: ['GOTHAM'], share: { Windows: 0.018, macOS: 0.025 }, turnover: SINGLE_TURNOVER },
  {
    fonts: ['AvantGarde Bk BT', 'BankGothic Md BT', 'Humanst521 BT', 'Staccato222 BT'],
    share: { Windows: 0.013 },
    turnover: PACK_TURNOVER,
  },
  { fonts: ['Futura Bk BT', 'Futura Md BT'], share: { Windows: 0.013, macOS: 0.008 }, turnover: SINGLE_TURNOVER },
  {
    fonts: ['Bitstream Vera Sans Mono'],
    share: { Windows: 0.012, macOS: 0.008, Linux: 0.15 },
    turnover: SINGLE_TURNOVER,
  },
  { fonts: ['EUROSTILE', 'Clarendon'], share: { Windows: 0.009, macOS: 0.01 }, turnover: SINGLE_TURNOVER },
  { fonts: ['SCRIPTINA'], share: { Windows: 0.01, macOS: 0.006 }, turnover: SINGLE_TURNOVER },
  {
    fonts: ['Letter Gothic', 'Univers CE 55 Medium'],
    share: { Windows: 0.008, macOS: 0.005 },
    turnover: SINGLE_TURNOVER,
  },
  { fonts: ['Serifa'], share: { Windows: 0.004, macOS: 0.003 }, turnover: SINGLE_TURNOVER },
  { fonts: ['ZWAdobeF'], share: { Windows: 0.035 }, turnover: SINGLE_TURNOVER },
];

/** The fonts that a device has whose packages are the bits of `installed`, sorted as the agent sends them. */
export const fontsOf = (os: OsName, installed: number): string[] =>
  [...systemFonts[os], ...fontPackages.flatMap(({ fonts }, bit) => ((installed >>> bit) & 1 ? fonts : []))].sort();
