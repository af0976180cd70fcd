/** Stands in the built files for the environment's public key, which the server writes in as it serves them. */
export const BAKED_PUBLIC_KEY = '__WHORL_PUBLIC_KEY__';
