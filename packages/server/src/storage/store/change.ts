/**
 * What is to change of something, told from what is stored; nobody else changes it meanwhile. It may be asked several times.
 * What it throws leaves all as it is and rejects the promise.
 */
export type Change<Stored, Changes> = (stored: Stored) => Changes;
