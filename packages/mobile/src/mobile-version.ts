/** The version of this client, as observations tell it. The same as the package's. */
export const MOBILE_VERSION = '0.1.0';
